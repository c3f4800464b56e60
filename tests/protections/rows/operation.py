"""Secrets, time, and what the project is made of."""

from tests.protections.protection import Protection

SETTINGS = "config/settings.py"
BROWSER = "stack/browser/tests/test_"
SUPPLY = "tests/supply_chain"
STORE, AWS, VAULT = (f"stack/environment/{name}.py" for name in ("store", "stores/aws", "stores/vault"))
STORED, IN_AWS, IN_VAULT = (f"stack/environment/tests/test_{name}.py" for name in ("store", "aws", "vault"))
ROTATION, REPLACED = "stack/environment/rotation.py", f"{IN_AWS} -k workers_are_replaced"
SENTRY, LEAKS = "stack/sentry/apps.py", "tests/leaks/test_leaks.py"
AWAY, HERE = f"{LEAKS} -k are_away", f"{LEAKS} -k goes_on"

ROWS = [
    # Sockets
    Protection(
        "handshakes that have their time",
        "stack/websockets/protocol.py",
        "self.loop.call_later(settings.WEBSOCKET_HANDSHAKE_SECONDS, self._give_up)",
        "self.loop.call_later(60, self._give_up)",
        "stack/websockets/tests/test_handshake.py -k its_time",
    ),
    Protection(
        "sockets that hear of a log-out",
        "stack/sessions/logins.py",
        "    logins_ended.send(None, user=user)\n",
        "",
        "stack/websockets/tests/test_feed.py -k closes_at_once",
    ),
    Protection(
        "sockets that ask first who is there",
        "stack/websockets/follow.py",
        "        self._check_at = 0.0\n",
        "",
        "stack/websockets/tests/test_feed.py -k closes_at_once",
    ),
    Protection(
        "handshakes that are refused aloud",
        "stack/websockets/protocol.py",
        "if self.conn.handshake_exc is not None and not self.handshake_initiated:",
        "if False:",
        "stack/websockets/tests/test_handshake.py -k is_answered",
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
        "the server's lines without what a bad request says",
        "stack/logging/routes.py",
        """record.msg = str(record.msg).partition("'")[0].partition('"')[0]""",
        "pass",
        HERE,
    ),
    Protection(
        "a search for names that promise a secret that never begins again",
        "stack/logging/formatters.py",
        "(?P<name> (?<![\\w-]) (?> [\\w-]*?\n",
        "(?P<name> (?:\n",
        "stack/logging/tests/test_lines.py -k eight_times",
    ),
    Protection(
        "a search for tokens that never begins again",
        "stack/logging/formatters.py",
        "(?P<word> (?<![\\w-]) (?> [\\w-]*? \\b(?=eyJ) ) ) [\\w-]++",
        "(?P<word> \\b ) eyJ[\\w-]+",
        "stack/logging/tests/test_lines.py -k eight_times",
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
