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
    # Files
    Protection(
        "uploads that run nowhere",
        "stack/storage/views.py",
        "HEADERS.items()",
        "()",
        "stack/storage/tests/test_views.py",
    ),
]
