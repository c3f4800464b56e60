"""Migrations, personal data and what expires."""

from tests.protections.protection import Protection

RATES = "stack/throttling/tests/test_api.py"
LINT = "stack/postgresql/tests/test_lint.py"
PERSONAL, ERASED = "tests/test_personal_data.py", "apps/accounts/tests/test_personal.py"
RETENTION = "stack/retention/tests/test_retention.py"

ROWS = [
    # Orders
    Protection(
        "a limit of unpaid orders",
        "apps/orders/services.py",
        'if orders_max and unpaid["orders"] > orders_max:',
        "if False:",
        "apps/orders/tests/test_services.py -k has_limits",
    ),
    Protection(
        "a limit of unpaid pieces",
        "apps/orders/services.py",
        'if pieces_max and unpaid["pieces"] + pieces > pieces_max:',
        "if False:",
        "apps/orders/tests/test_services.py -k has_limits",
    ),
    Protection(
        "unpaid orders that are counted one after the other",
        "apps/orders/services.py",
        '    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)\n',
        "",
        "apps/orders/tests/test_concurrency.py -k than_is_allowed",
    ),
    Protection(
        "pieces that are free after an hour",
        "apps/orders/services.py",
        "relativedelta(minutes=settings.ORDERS_UNPAID_MINUTES)",
        "relativedelta(days=1)",
        "apps/orders/tests/test_services.py -k after_an_hour",
    ),
    # Migrations
    Protection(
        "migrations that are held to the rules",
        "stack/postgresql/lint/linting.py",
        "((step, rule) for rule in RULES if rule.judge(step))",
        "()",
        f"{LINT} -k stops_traffic",
    ),
    Protection(
        "rules that know what is free",
        "stack/postgresql/lint/rules.py",
        "and not excused.search(step.sql) and not step.is_new",
        "",
        f"{LINT} -k 'is_not or first'",
    ),
    Protection(
        "waivers with a reason",
        "stack/postgresql/lint/linting.py",
        'if waivers.get(rule.name, "").strip():',
        "if rule.name in waivers:",
        f"{LINT} -k waiver",
    ),
    Protection(
        "data apart from schema",
        "stack/postgresql/lint/rules.py",
        "return changes and _in_a_transaction(step) and",
        "return False and",
        f"{LINT} -k stops_traffic",
    ),
    # Personal data
    Protection(
        "a decision about each model",
        "stack/jwt/personal.py",
        'MODELS = ("jwt.TokenFamily",)',
        "MODELS = ()",
        f"{PERSONAL} -k decided",
    ),
    Protection(
        "nothing of who was erased",
        "apps/orders/personal.py",
        'idempotency_key=Cast("pk", CharField()), ',
        "",
        f"{PERSONAL} -k no_table",
    ),
    Protection(
        "a log without names of who was erased",
        "apps/accounts/personal.py",
        "    _log_forget(user)\n",
        "",
        f"{PERSONAL} {ERASED} -k 'no_table or admin_s_log'",
    ),
    Protection(
        "all of a person erased, or nothing",
        "stack/personal/__init__.py",
        "@transaction.atomic\n",
        "",
        f"{PERSONAL} -k fails",
    ),
    Protection(
        "no erasure without the password",
        "apps/accounts/api/users.py",
        "        serializer.is_valid(raise_exception=True)\n        personal.erase(self.user)",
        "        personal.erase(self.user)",
        f"{ERASED} -k without_their_password",
    ),
    Protection(
        "what is given without what opens anything",
        "stack/sessions/personal.py",
        '.values("since", "address", "agent", "expire_date")',
        ".values()",
        f"{PERSONAL} {ERASED} -k 'given or what_is_known'",
    ),
    Protection(
        "reads that are counted where they are dear",
        "stack/throttling/rates.py",
        'if request.method in SAFE_METHODS and not getattr(view, "throttle_reads", False):',
        "if request.method in SAFE_METHODS:",
        f"{RATES} -k dear",
    ),
    Protection(
        "no mail to who is gone",
        "apps/letters/services.py",
        "filter(pk=letter_id, sent_at=None, user__is_active=True)",
        "filter(pk=letter_id, sent_at=None)",
        "apps/letters/tests/test_letters.py -k gone",
    ),
    # Retention
    Protection(
        "young rows that stay",
        "stack/sessions/retention.py",
        "filter(expire_date__lt=timezone.now())",
        "all()",
        f"{RETENTION} -k young",
    ),
    Protection(
        "old notifications that go",
        "apps/notifications/retention.py",
        'yield older(Notification.objects.all(), "created_at", DAYS)',
        "yield Notification.objects.none()",
        "apps/notifications/tests/test_retention.py",
    ),
    Protection(
        "events that were not sent",
        "stack/outbox/window.py",
        'settings.OUTBOX_KEEP_DAYS, "status = 2")',
        "settings.OUTBOX_KEEP_DAYS)",
        "stack/outbox/tests/test_relay.py -k only_what_was_sent",
    ),
    Protection(
        "deletions that wait for nobody",
        "stack/retention/__init__.py",
        "skip_locked=True",
        "",
        f"{RETENTION} -k in_hand",
    ),
    Protection(
        "deletions of some at a time",
        "stack/retention/__init__.py",
        "[:BATCH]",
        "",
        f"{RETENTION} -k at_a_time",
    ),
]
