"""What is taken out, and which test is to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Protection:
    """A safeguard of the template.

    Attributes:
        what: What is missing without it.
        path: The file that has it.
        safe: What stands there, once.
        unsafe: What stands there without it.
        tests: What notices: arguments of pytest, parted by blanks.
    """

    what: str
    path: str
    safe: str
    unsafe: str
    tests: str


SETTINGS = "config/settings.py"
BROWSER = "stack/browser/tests/test_"
FAMILIES, BACKEND, FORGED = "stack/jwt/families.py", "stack/jwt/backend.py", "stack/jwt/tests/test_forged.py"
TOKENS = "apps/accounts/tests/test_jwt.py"
SESSIONS, PASSWORDS = "apps/accounts/tests/test_sessions.py", "apps/accounts/tests/test_passwords.py"
GUESSES, GUESSING = "stack/throttling/guesses.py", "stack/throttling/tests/test_guesses.py"
RATES = "stack/throttling/tests/test_api.py"
ADDRESSES = "stack/rest/addresses.py"
COOKIES = "stack/browser/settings.py"
ACCESS = "tests/test_access.py"
LINT = "stack/postgresql/tests/test_lint.py"
PERSONAL, ERASED = "tests/test_personal_data.py", "apps/accounts/tests/test_personal.py"
RETENTION = "stack/retention/tests/test_retention.py"
FACTORS, CODES = "apps/accounts/tests/test_factors.py", "stack/otp/tests/test_codes.py"
SITE, AUDIT = "stack/admin/tests/test_site.py", "stack/audit/tests/test_audit.py"
HALF, TRIGGER = "stack/otp/half.py", "stack/audit/migrations/0001_initial.py"
SUPPLY = "tests/supply_chain"
STORE, AWS, VAULT = (f"stack/environment/{name}.py" for name in ("store", "stores/aws", "stores/vault"))
STORED, IN_AWS, IN_VAULT = (f"stack/environment/tests/test_{name}.py" for name in ("store", "aws", "vault"))
ROTATION, REPLACED = "stack/environment/rotation.py", f"{IN_AWS} -k workers_are_replaced"
SENTRY, LEAKS = "stack/sentry/apps.py", "tests/leaks/test_leaks.py"
AWAY, HERE = f"{LEAKS} -k are_away", f"{LEAKS} -k goes_on"

PROTECTIONS = [
    # Tokens and log-ins
    Protection(
        "a family that ends when a token comes twice",
        FAMILIES,
        "        families_end(family.user_id, only=family.pk)\n        logger",
        "        logger",
        f"{TOKENS} -k comes_twice",
    ),
    Protection(
        "a refresh token that works once",
        FAMILIES,
        '(pk=family.pk, refresh=token["jti"], ended_at=None)',
        "(pk=family.pk)",
        f"{TOKENS} -k one_succeeds",
    ),
    Protection(
        "tokens that end with their family",
        FAMILIES,
        "filter(ended_at=None, user__is_active=True)",
        "filter(user__is_active=True)",
        f"{TOKENS} -k logging_out",
    ),
    Protection(
        "tokens that end with their user",
        FAMILIES,
        "filter(ended_at=None, user__is_active=True)",
        "filter(ended_at=None)",
        f"{TOKENS} -k disabled",
    ),
    Protection(
        "tokens that end with the password",
        FAMILIES,
        "family is None or not _has_password_of(family)",
        "family is None",
        f"{TOKENS} -k whoever_changed_it",
    ),
    Protection("an audience", BACKEND, 'audience=own["AUDIENCE"]', "audience=None", f"{FORGED} -k no_other"),
    Protection("an issuer", BACKEND, 'issuer=own["ISSUER"]', "issuer=None", f"{FORGED} -k no_other"),
    Protection(
        "keys by their names",
        BACKEND,
        'self.keys[jwt.get_unverified_header(token)["kid"]]',
        "self.prepared_verifying_key",
        f"{FORGED} -k no_other",
    ),
    Protection(
        "a private key of one's own in production",
        "stack/jwt/keys.py",
        "required(name, fallback=DEVELOPMENT_KEY)",
        "env.str(name, DEVELOPMENT_KEY) or DEVELOPMENT_KEY",
        "stack/jwt/tests/test_settings.py",
    ),
    Protection(
        "browsers that are logged out with all else",
        "apps/accounts/services/logins.py",
        "    logins_end(user.pk)\n",
        "",
        "apps/accounts/tests/test_logins.py -k all_are_ended",
    ),
    Protection(
        "log-ins that are ended by their owner alone",
        "stack/sessions/browsers.py",
        "rows = Session.objects.filter(user=user)",
        "rows = Session.objects.all()",
        "apps/accounts/tests/test_logins.py -k nobody_ends",
    ),
    Protection(
        "an answer that takes as long for an unknown account",
        GUESSES,
        "        account = username or",
        "        if not get_user_model().objects.filter(email=username).exists():\n"
        "            return None\n        account = username or",
        "apps/accounts/tests/test_enumeration.py -k by_api",
    ),
    Protection(
        "an end to tokens, however often they are refreshed",
        FAMILIES,
        ", since__gt=earliest_start()",
        "",
        f"{TOKENS} -k however_often",
    ),
    Protection(
        "a key of its own for each log-in",
        "stack/sessions/origin.py",
        "            session.cycle_key()\n",
        "            pass\n",
        f"{SESSIONS} -k key_of_its_own",
    ),
    Protection(
        "an end to sessions, used or not",
        SETTINGS,
        "DEBUG = DEVELOPMENT",
        "DEBUG = DEVELOPMENT\nSESSION_SAVE_EVERY_REQUEST = True",
        f"{SESSIONS} -k after_its_days",
    ),
    Protection(
        "passwords that are not of words that everybody would try",
        SETTINGS,
        '        "apps.accounts.services.words.OwnWordsValidator",\n',
        "",
        f"{PASSWORDS} -k everybody_would_try",
    ),
    Protection(
        "passwords that are taken as they are",
        "apps/accounts/forms.py",
        "    error_messages = auth_forms",
        "    password = forms.CharField()\n    error_messages = auth_forms",
        f"{PASSWORDS} -k exactly_as_they_are",
    ),
    Protection(
        "a slow hash of passwords",
        SETTINGS,
        '("Argon2PasswordHasher", "PBKDF2PasswordHasher")',
        '("PBKDF2PasswordHasher", "Argon2PasswordHasher")',
        "tests/test_hashes.py",
    ),
    # Limits
    Protection(
        "a count that is raised and compared at once",
        "stack/throttling/window.py",
        "return float(_script()(keys=[_key(name)], args=[rate.limit, rate.seconds])) / 1e6",
        "client, key = get_redis_connection('default'), _key(name)\n"
        "        had = client.scard(key)\n"
        "        client.sadd(key, __import__('uuid').uuid4().hex)\n"
        "        return 0.0 if had < rate.limit else 1.0",
        f"{RATES} {GUESSING} -k 'many_at_once or many_guesses'",
    ),
    Protection(
        "refusal of what can't be counted",
        "stack/throttling/rates.py",
        "if scope in settings.THROTTLE_FAILS_CLOSED:\n                raise",
        "if False:\n                raise",
        f"{RATES} -k without_redis",
    ),
    Protection(
        "guesses that lock out nobody elsewhere",
        GUESSES,
        "{_digest(account)}:{caller_network(client_address(request))}",
        "{_digest(account)}",
        f"{GUESSING} -k elsewhere",
    ),
    Protection(
        "guesses that lock out no neighbour",
        GUESSES,
        "guesses:{_digest(account)}:",
        "guesses:",
        f"{GUESSING} -k neighbour",
    ),
    Protection(
        "a guess that counts before it is looked at",
        GUESSES,
        "raise Throttled(wait)\n        user",
        "pass\n        user",
        f"{GUESSING} -k few_guesses",
    ),
    Protection(
        "addresses that nobody can forge",
        ADDRESSES,
        "min(settings.TRUSTED_PROXIES, len(chain))",
        "len(chain)",
        f"{RATES} -k forged_address",
    ),
    Protection(
        "networks that count as one caller",
        ADDRESSES,
        'if ":" in address:',
        "if not address:",
        f"{RATES} -k one_network",
    ),
    Protection(
        "reads while the cache is away",
        "stack/redis/settings.py",
        '"IGNORE_EXCEPTIONS": True',
        '"IGNORE_EXCEPTIONS": False',
        "stack/redis/tests/test_redis.py",
    ),
    # Second factors
    Protection(
        "a code that the log-in page asks for",
        "apps/accounts/views/login.py",
        "        if not has_factor(user):",
        "        if user:",
        f"{FACTORS} -k password_alone",
    ),
    Protection(
        "a code that the API asks for",
        "apps/accounts/api/tokens.py",
        "    if has_factor(user):",
        "    if not user:",
        f"{FACTORS} -k without_a_code",
    ),
    Protection(
        "a code that is good once, also of two at one moment",
        "stack/otp/codes.py",
        ".select_for_update()",
        "",
        f"{CODES} -k one_moment",
    ),
    Protection(
        "a code of the set-up that does not log in",
        "stack/otp/devices.py",
        "last_t=totp.t(), ",
        "",
        f"{CODES} -k set_it_up",
    ),
    Protection(
        "recovery codes that the database does not have",
        "stack/otp/devices.py",
        "token=digest(code)",
        "token=code",
        f"{CODES} -k in_the_database",
    ),
    Protection(
        "secrets that are offered to one user",
        "stack/otp/offer.py",
        "if owner != user.pk:",
        "if not owner:",
        f"{CODES} -k offered",
    ),
    Protection(
        "codes that can't be guessed",
        GUESSES,
        "raise Throttled(wait)\n    yield",
        "pass\n    yield",
        f"{GUESSING} -k right_code",
    ),
    Protection(
        "guesses of codes that lock out nobody elsewhere",
        GUESSES,
        "codes:{account}:{caller_network(client_address(request))}",
        "codes:{account}",
        f"{GUESSING} -k right_code",
    ),
    Protection(
        "minutes after which half a log-in ends",
        HALF,
        'not 0 <= time.time() - half["at"] < SECONDS',
        "False",
        f"{FACTORS} -k 'half_a_log_in and time'",
    ),
    Protection(
        "half a log-in that ends with the password",
        HALF,
        'user is None or not constant_time_compare(half["hash"], user.get_session_auth_hash())',
        "user is None",
        f"{FACTORS} -k 'half_a_log_in and password'",
    ),
    Protection(
        "half a log-in in a session that nobody has planted",
        HALF,
        "    request.session.cycle_key()\n",
        "",
        f"{FACTORS} -k key_changes",
    ),
    Protection(
        "half a log-in that is nobody",
        HALF,
        "    request.session.cycle_key()\n",
        "    login(request, user)\n",
        f"{ACCESS} -k without_its_code",
    ),
    Protection(
        "log-ins that end when a factor is added",
        "apps/accounts/services/factors.py",
        "    user_log_out(user)\n    record(Event.FACTOR_ADDED",
        "    record(Event.FACTOR_ADDED",
        f"{FACTORS} -k set_up_by_a_code",
    ),
    Protection(
        "log-ins that end when a factor is removed",
        "apps/accounts/services/factors.py",
        "    user_log_out(user)\n    record(Event.FACTOR_REMOVED",
        "    record(Event.FACTOR_REMOVED",
        f"{FACTORS} -k removed_by_password",
    ),
    Protection(
        "a factor that is removed by a code",
        "apps/accounts/views/factors.py",
        "        code_check(self.request, self.user, code)\n",
        "",
        f"{FACTORS} -k removed_by_password",
    ),
    Protection(
        "factors that nobody changes who found the screen unlocked",
        "apps/accounts/forms.py",
        "if not self.user.check_password(password):",
        "if not password:",
        f"{FACTORS} -k set_up_by_a_code",
    ),
    Protection(
        "factors that no staff can give to others",
        "apps/accounts/admin.py",
        "admin.site.unregister([StaticDevice, TOTPDevice])",
        "",
        f"{FACTORS} -k gives_others",
    ),
    Protection(
        "factors that superusers alone remove",
        "apps/accounts/admin.py",
        "return bool(request.user.is_superuser)",
        "return True",
        f"{FACTORS} -k superuser_helps",
    ),
    # The admin
    Protection(
        "an admin without a log-in of its own",
        "stack/admin/site.py",
        'return redirect_to_login(request.GET.get("next", index), resolve_url(page))',
        "return super().login(request)",
        f"{SITE} -k logs_nobody_in",
    ),
    Protection(
        "an admin for those with a second factor",
        "stack/admin/site.py",
        " and (not settings.STAFF_SECOND_FACTOR or is_verified(request))",
        "",
        f"{SITE} -k nowhere_else",
    ),
    Protection(
        "a second factor that is one's own",
        "stack/otp/verified.py",
        " and device.user_id == request.user.pk",
        "",
        f"{SITE} -k another_s_device",
    ),
    Protection(
        "a second factor for the staff in production",
        "stack/otp/settings.py",
        'env.bool("STAFF_SECOND_FACTOR", PRODUCTION)',
        'env.bool("STAFF_SECOND_FACTOR", False)',
        f"{SITE} -k production",
    ),
    # The audit
    Protection(
        "entries that nobody changes",
        TRIGGER,
        "BEFORE UPDATE OR DELETE",
        "BEFORE DELETE",
        f"{AUDIT} -k refuses_to_change",
    ),
    Protection(
        "entries that nobody deletes before their time",
        TRIGGER,
        "TG_OP = 'DELETE' AND OLD.keep_until < statement_timestamp()",
        "TG_OP = 'DELETE'",
        f"{AUDIT} -k refuses_to_change",
    ),
    Protection(
        "an audit without the names that people type",
        "stack/audit/receivers.py",
        "record(Event.LOGIN_FAILED, ",
        "record(Event.LOGIN_FAILED, name=name, ",
        f"{AUDIT} -k names_the_account",
    ),
    Protection(
        "an audit of what is done to many rows at once",
        "stack/audit/receivers.py",
        'setattr(manager, "_queryset_class", LogEntries)',
        "del manager",
        f"{AUDIT} -k row_by_row",
    ),
    Protection(
        "an audit of refresh tokens that come twice",
        FAMILIES,
        "        record(Event.REFRESH_REUSED, subject=family.user_id, login=str(family.pk))\n",
        "",
        f"{TOKENS} -k comes_twice",
    ),
    # Who may what
    Protection(
        "a log-in for whatever decides nothing else",
        "stack/rest/settings.py",
        "permissions.IsAuthenticated",
        "permissions.AllowAny",
        ACCESS,
    ),
    Protection(
        "orders that are their owner's alone",
        "apps/orders/api/views.py",
        "return order_list(self.request.user)",
        "return Order.objects.all()",
        f"{ACCESS} -k orders",
    ),
    Protection(
        "sales for the staff",
        "apps/insights/api/views.py",
        "permission_classes = [IsAdminUser]",
        "permission_classes = []",
        f"{ACCESS} -k sales",
    ),
    # Browsers
    Protection(
        "a policy on every page",
        SETTINGS,
        '    "csp.middleware.CSPMiddleware",\n',
        "",
        f"{BROWSER}headers.py",
    ),
    Protection(
        "scripts by nonce alone",
        "stack/browser/policy.py",
        '"script-src": [SELF, NONCE]',
        '"script-src": [SELF, "\'unsafe-inline\'"]',
        f"{BROWSER}policy.py",
    ),
    Protection(
        "pages without inline scripts",
        "templates/base.html",
        "</body>",
        "<script>1</script></body>",
        "tests/test_pages.py -k anonymous",
    ),
    Protection(
        "headers on every answer",
        SETTINGS,
        '    "stack.browser.middleware.security_headers",\n',
        "",
        f"{BROWSER}headers.py",
    ),
    Protection(
        "cookies of this host alone", COOKIES, '"__Host-" if PRODUCTION else ""', '""', f"{BROWSER}cookies.py"
    ),
    Protection(
        "cookies by HTTPS alone",
        COOKIES,
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION",
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False",
        f"{BROWSER}cookies.py",
    ),
    Protection(
        "a session that no script reads",
        COOKIES,
        "SESSION_COOKIE_HTTPONLY = True",
        "SESSION_COOKIE_HTTPONLY = False",
        f"{BROWSER}cookies.py",
    ),
    Protection(
        "hosts that are named",
        SETTINGS,
        "ALLOWED_HOSTS = hosts(",
        'ALLOWED_HOSTS = ["*"] + hosts(',
        "tests/test_forged_hosts.py",
    ),
    Protection(
        "a log-in that leads nowhere else",
        "apps/accounts/views/login.py",
        "    authentication_form = LoginForm\n",
        "    authentication_form = LoginForm\n\n    def get_redirect_url(self) -> str:\n"
        '        return self.request.POST.get("next") or self.request.GET.get("next", "")\n',
        "tests/test_redirects.py",
    ),
    Protection(
        "answers to scripts of named origins alone",
        SETTINGS,
        "DEBUG = DEVELOPMENT",
        "DEBUG = DEVELOPMENT\nCORS_ALLOW_ALL_ORIGINS = True",
        "tests/test_api_cors.py",
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
        "stack/outbox/retention.py",
        "OutboxEvent.objects.filter(status=OutboxEvent.Status.SENT)",
        "OutboxEvent.objects.all()",
        "stack/outbox/tests/test_retention.py",
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
    # Secrets
    Protection(
        "a store's time-out", AWS, "    read_timeout=READ_SECONDS,\n", "", f"{IN_AWS} -k server_that_hangs_is"
    ),
    Protection(
        "an end to answers that have none",
        STORE,
        "answers.get(timeout=DEADLINE)",
        "answers.get()",
        f"{IN_VAULT} -k never_ends",
    ),
    Protection(
        "a second try",
        STORE,
        "        except Away:\n            time.sleep(",
        "        except ZeroDivisionError:\n            time.sleep(",
        f"{IN_AWS} -k hangs_up",
    ),
    Protection(
        "real variables that win",
        STORE,
        "if name in before or not env.ENVIRON.get(name)}",
        "if name}",
        f"{STORED} -k real_variables",
    ),
    Protection(
        "values that are text",
        STORE,
        "if not isinstance(value, str):",
        "if value is None:",
        f"{STORED} -k no_document",
    ),
    Protection(
        "a log-in that leaves no token",
        VAULT,
        "client.auth.token.revoke_self()",
        "pass",
        f"{IN_VAULT} -k no_token",
    ),
    Protection(
        "workers that read what has changed",
        "stack/gunicorn/conf.py",
        "if store.is_used(env):",
        "if False:",
        REPLACED,
    ),
    Protection(
        "processes that outlive what nothing would start with",
        ROTATION,
        "if reason := _refusal():",
        "if reason := str():",
        REPLACED,
    ),
    Protection(
        "workers that start while the store is away",
        STORE,
        "if LAID not in env.ENVIRON:",
        "if True:",
        REPLACED,
    ),
    Protection("one warning an outage", ROTATION, "if not away:", "if True:", REPLACED),
    Protection(
        "Django's lines without paths",
        "stack/logging/settings.py",
        '"django.request": {"level": "ERROR", "filters": ["route"]}',
        '"django.request": {"level": "ERROR"}',
        AWAY,
    ),
    Protection(
        "errors without paths", SENTRY, 'request["url"] = f"{url.scheme}://{url.netloc}"', "pass", AWAY
    ),
    Protection("errors without headers", SENTRY, " if name in HEADERS}", "}", AWAY),
    Protection(
        "errors without bodies",
        SENTRY,
        'max_request_body_size="never"',
        'max_request_body_size="always"',
        AWAY,
    ),
    Protection(
        "errors without local variables",
        SENTRY,
        "include_local_variables=False",
        "include_local_variables=True",
        AWAY,
    ),
    Protection("calls without queries", SENTRY, "            before_breadcrumb=shorten,\n", "", AWAY),
    Protection(
        "traces without paths", "stack/opentelemetry/libraries/django.py", ", request_hook=hide", "", AWAY
    ),
    Protection(
        "tasks without arguments",
        "stack/celery/logging.py",
        'vars(record).pop("data", None)',
        "pass",
        HERE,
    ),
    # Time
    Protection(
        "an answer for what took too long",
        SETTINGS,
        '    "stack.postgresql.middleware.TimeoutMiddleware",\n',
        "",
        "stack/postgresql/tests/test_timeouts.py -k cut_off",
    ),
    Protection(
        "limits of the web server",
        "stack/gunicorn/conf.py",
        "    env.ENVIRON.setdefault(f",
        "    str(f",
        "stack/postgresql/tests/test_timeouts.py -k has_limits",
    ),
    Protection(
        "pages that the next one at the browser does not find",
        "stack/browser/middleware.py",
        '        "Cache-Control": "no-store",\n',
        "",
        f"{BROWSER}headers.py -k every_answer",
    ),
    Protection(
        "HTTPS for subdomains too",
        SETTINGS,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS = False",
        f"{BROWSER}headers.py -k every_answer",
    ),
    Protection(
        "an API that does not work without HTTPS",
        SETTINGS,
        '    "stack.rest.https.https_only",\n',
        "",
        f"{BROWSER}headers.py -k refuses_plain",
    ),
    # Code
    Protection(
        "messages that run no code when they are unpacked",
        "stack/celery/settings.py",
        'CELERY_ACCEPT_CONTENT = ["json"]',
        'CELERY_ACCEPT_CONTENT = ["json", "pickle"]',
        "stack/celery/tests/test_settings.py",
    ),
    Protection(
        "code that starts no other program",
        "apps/accounts/services/names.py",
        "from apps.accounts.models import User\n",
        "import subprocess\n\nfrom apps.accounts.models import User\n",
        "tests/test_dangerous_code.py",
    ),
    # Files
    Protection(
        "uploads that run nowhere",
        "stack/storage/views.py",
        "HEADERS.items()",
        "()",
        "stack/storage/tests/test_views.py",
    ),
    # What it is made of
    Protection(
        "hashes of what is installed",
        f"{SUPPLY}/lock.py",
        'if not package.hashes or not all(each.startswith("sha256:") for each in package.hashes)',
        "if False",
        f"{SUPPLY}/test_lock.py",
    ),
    Protection(
        "licences that are allowed",
        f"{SUPPLY}/licences.py",
        "return set() if name in EXCEPTIONS else licences_of(package) - ALLOWED",
        "return set()",
        f"{SUPPLY}/test_licences.py",
    ),
    Protection(
        "an audit of what is locked",
        f"{SUPPLY}/audit.py",
        "pylock(read(own.lock))",
        "pylock([package for package in read(own.lock) if False])",
        f"{SUPPLY}/test_audit.py",
    ),
    Protection(
        "lists of production and development apart",
        f"{SUPPLY}/sbom.py",
        "sbom(package for package in read(LOCK) if wanted in package.groups)",
        "sbom(read(LOCK))",
        f"{SUPPLY}/test_sbom.py",
    ),
    Protection(
        "a base image of a version",
        "Dockerfile",
        "ARG PYTHON_IMAGE=python:3.13-slim-trixie",
        "ARG PYTHON_IMAGE=python:slim",
        f"{SUPPLY}/test_images.py",
    ),
    Protection(
        "images of a version",
        "docker-compose.prod.yml",
        "nginxinc/nginx-unprivileged:1.28-alpine",
        "nginxinc/nginx-unprivileged",
        f"{SUPPLY}/test_images.py",
    ),
    Protection(
        "threats with the test of their protection",
        "docs/security/threat-model.md",
        "`tests/test_redirects.py`",
        "`tests/test_elsewhere.py`",
        "tests/test_threat_model.py",
    ),
]
