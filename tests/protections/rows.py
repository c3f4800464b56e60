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
GUESSES, GUESSING = "stack/throttling/guesses.py", "stack/throttling/tests/test_guesses.py"
RATES = "stack/throttling/tests/test_api.py"
ADDRESSES = "stack/rest/addresses.py"
COOKIES = "stack/browser/settings.py"
ACCESS = "tests/test_access.py"
SUPPLY = "tests/supply_chain"

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
