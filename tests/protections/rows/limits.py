"""How often anybody may try."""

from tests.protections.protection import Protection

GUESSES, GUESSING = "stack/throttling/guesses.py", "stack/throttling/tests/test_guesses.py"
RATES = "stack/throttling/tests/test_api.py"
ADDRESSES, PAGES = "stack/rest/addresses.py", "stack/throttling/tests/test_addresses.py"
SIGNUP = "apps/accounts/tests/test_signup.py"

ROWS = [
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
    # Guesses behind a log-in, and rates of pages
    Protection(
        "guesses of passwords behind a stolen token that are counted",
        "apps/accounts/api/serializers.py",
        "if not user_password_is(request, request.user, value):",
        "if not request.user.check_password(value):",
        f"{GUESSING} -k 'stolen_log_in and me-password'",
    ),
    Protection(
        "guesses of passwords behind a stolen session that are counted",
        "apps/accounts/forms.py",
        "if not user_password_is(self.request, self.user, password):",
        "if not self.user.check_password(password):",
        f"{GUESSING} -k 'stolen_log_in and password_change'",
    ),
    Protection(
        "guesses of passwords where a second factor is set up that are counted",
        "apps/accounts/forms.py",
        "if not user_password_is(self.request, cast(User, self.request.user), password):",
        "if not cast(User, self.request.user).check_password(password):",
        f"{GUESSING} -k 'stolen_log_in and factor_set_up'",
    ),
    Protection(
        "guesses of one account however its domain is written",
        GUESSES,
        "get_user_model().objects.normalize_email(account.strip())",
        "account.strip()",
        f"{GUESSING} -k right_password",
    ),
    Protection(
        "a rate of log-ins that no account makes higher",
        "stack/throttling/rates.py",
        "if not request.user.is_authenticated or scope in settings.THROTTLE_BY_ADDRESS:",
        "if not request.user.is_authenticated:",
        f"{PAGES} -k shows_an_account",
    ),
    Protection(
        "a rate of the page that ends a sign-up",
        "stack/throttling/settings.py",
        '    "signup_confirm": "signup",\n',
        "",
        f"{PAGES} -k mails_lead_to",
    ),
    Protection(
        "a rate of the page that a reset mail leads to",
        "stack/throttling/settings.py",
        '    "password_reset_confirm": "login",  # nosec B105\n',
        "",
        f"{PAGES} -k mails_lead_to",
    ),
    Protection(
        "no hash for a link that was used",
        "apps/accounts/services/signup.py",
        "    if User.objects.of_address(user.email):  # before the work of a hash\n        raise used\n",
        "",
        f"{SIGNUP} -k costs_no_hash",
    ),
]
