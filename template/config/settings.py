"""The project's settings: one page.

The order of apps and middleware is decided here; each technology keeps its own settings in its
folder under ``stack``, and only adds names.
"""

from apps.orders.settings import *  # stack: shop
from stack.admin.settings import *
from stack.audit.settings import *
from stack.browser.settings import *
from stack.celery.settings import *  # stack: celery
from stack.cloud.settings import *  # stack: aws or azure or gcp
from stack.cors.settings import *
from stack.development.settings import *
from stack.environment import BASE_DIR, DEVELOPMENT, PRODUCTION, env, hosts, secret
from stack.events.settings import *  # stack: events
from stack.gunicorn.settings import *
from stack.health.settings import *
from stack.jwt.settings import *  # stack: jwt
from stack.kafka.settings import *  # stack: streaming
from stack.logging.settings import *
from stack.mail.settings import *
from stack.openapi.settings import *
from stack.otp.settings import *
from stack.outbound.settings import *
from stack.postgresql.settings import *
from stack.prometheus.settings import *  # stack: prometheus
from stack.redis.settings import *  # stack: redis
from stack.rest.settings import *
from stack.sessions.settings import *
from stack.static.settings import *
from stack.storage.settings import *
from stack.tasks.settings import *
from stack.throttling.settings import *  # stack: redis
from stack.websockets.settings import *  # stack: realtime

DEBUG = DEVELOPMENT
SECRET_KEY = secret("SECRET_KEY")
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS", fallback="localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "stack.admin.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "stack.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework.authtoken",
    "stack.audit",
    "stack.celery",  # stack: celery
    "stack.logging",
    # stack: if events
    "stack.outbox",
    "stack.inbox",
    "stack.rabbitmq",
    "django_outbox_pattern",
    # stack: end
    "stack.jwt",  # stack: jwt
    "stack.kafka",  # stack: streaming
    "stack.opentelemetry",  # stack: opentelemetry
    "stack.personal",
    "stack.postgresql",
    "stack.retention",
    "stack.sentry",  # stack: sentry
    "apps.accounts",
    "apps.pictures",  # stack: pictures
    # stack: if shop
    "apps.catalog",
    "apps.letters",
    "apps.notifications",
    "apps.orders",
    "apps.demo",
    # stack: end
    "apps.insights",  # stack: shop and streaming
    *development_apps,
]

MIDDLEWARE = [
    "stack.browser.middleware.security_headers",
    "stack.health.middleware.health",
    "stack.logging.middleware.access_log",
    "stack.audit.context.remember_request",
    "stack.browser.answers.PolicyMiddleware",
    "stack.rest.https.https_only",
    "django.middleware.security.SecurityMiddleware",
    "stack.static.middleware.StaticFilesMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    *development_middleware,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "stack.rest.charset.utf8_only",
    "stack.postgresql.middleware.TimeoutMiddleware",
    "stack.throttling.middleware.ThrottleMiddleware",  # stack: redis
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stack.browser.nonces.nonce",
            ]
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "django.contrib.auth.password_validation.MinimumLengthValidator",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "apps.accounts.services.words.OwnWordsValidator",
    )
]
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{name}"  # the first one hashes, the other is still read
    for name in ("Argon2PasswordHasher", "PBKDF2PasswordHasher")
]
LOGIN_REDIRECT_URL = "landing"
LOGOUT_REDIRECT_URL = "landing"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers remember this for as long: a first deployment may begin with an hour.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION

measure(globals())  # stack: prometheus
