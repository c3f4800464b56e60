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
        ":{caller_network(client_address(request))}",
        "",
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
        "raise Throttled(wait)",
        "pass",
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
        "apps/accounts/views.py",
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
]
