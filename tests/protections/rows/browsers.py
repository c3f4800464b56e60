"""What browsers are told, and what runs."""

from tests.protections.protection import Protection

SETTINGS = "config/settings.py"
BROWSER = "stack/browser/tests/test_"
COOKIES = "stack/browser/settings.py"

ROWS = [
    # Browsers
    Protection(
        "a policy on every page",
        SETTINGS,
        '    "stack.browser.answers.PolicyMiddleware",\n',
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
    # Input
    Protection(
        "cookies that are asked for as keys",
        "stack/sessions/store.py",
        "KEY.fullmatch(key) is not None",
        "True",
        "apps/accounts/tests/test_sessions.py -k no_key",
    ),
    Protection(
        "sockets whose cookies are asked for as keys",
        "stack/sessions/store.py",
        "KEY.fullmatch(key) is not None",
        "True",
        "stack/websockets/tests/test_guard.py -k nameless",
    ),
    Protection(
        "an Accept that cannot be read",
        "stack/rest/handlers.py",
        "    except ValueError:",
        "    except ZeroDivisionError:",
        "tests/test_api_problems.py -k cannot_be_read",
    ),
    Protection(
        "a charset that is refused",
        SETTINGS,
        '    "stack.rest.charset.utf8_only",\n',
        "",
        "tests/test_api_charset.py -k refused",
    ),
    Protection(
        "a refusal of a charset with headers",
        SETTINGS,
        "MIDDLEWARE = [\n",
        'MIDDLEWARE = [\n    "stack.rest.charset.utf8_only",\n',
        "tests/test_api_charset.py -k headers_of",
    ),
    Protection(
        "an end to the places of a price",
        "apps/catalog/api/filters.py",
        ', "decimal_places": 1_000}',
        "}",
        "apps/catalog/tests/test_api.py -k bad_parameter",
    ),
    Protection(
        "decimals as the schema has them",
        "stack/rest/serializers.py",
        "return re.fullmatch(decimal_pattern(field), value, re.ASCII) is not None",
        "return True",
        "apps/catalog/tests/test_api.py -k no_place",
    ),
    Protection(
        "questions to the database about what it could hold alone",
        "stack/rest/serializers.py",
        "if longest is None or len(value) <= longest:",
        "if True:",
        "apps/catalog/tests/test_api.py -k not_looked_for",
    ),
    Protection(
        "queries of the admin without NUL",
        "stack/admin/queries.py",
        'if any("\\0" in text for text in (name, *values)):',
        "if False:",
        "stack/admin/tests/test_site.py -k cannot_be_asked",
    ),
    Protection(
        "queries of the admin without regular expressions",
        "stack/admin/queries.py",
        "if REFUSED.intersection(name.split(LOOKUP_SEP)):",
        "if False:",
        "stack/admin/tests/test_site.py -k cannot_be_asked",
    ),
    Protection(
        "queries of the admin that the database can read",
        "stack/admin/queries.py",
        "if not request.GET or",
        "if request.GET or",
        "stack/admin/tests/test_site.py -k 'cannot_be_asked or fault'",
    ),
    Protection(
        "uploads whose name no file system has",
        "stack/storage/views.py",
        "if error.errno != ENAMETOOLONG:",
        "if True:",
        "stack/storage/tests/test_views.py -k beside",
    ),
    Protection(
        "queries that are too long to be looked through",
        "stack/development/settings.py",
        ', r"(?s)^.{4000}"]',
        "]",
        "stack/development/tests/test_tools.py -k too_long",
    ),
    Protection(
        "addresses that Silk cannot keep",
        "stack/development/settings.py",
        "    SILKY_INTERCEPT_FUNC = can_be_kept  # pylint: disable=invalid-name\n",
        "",
        "stack/development/tests/test_tools.py -k cannot_keep",
    ),
]
