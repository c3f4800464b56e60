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
