"""Middleware stands in the order that it wants.

A request passes MIDDLEWARE from the top, its answer from the bottom. In the wrong order parts of it do
nothing: WhiteNoise below what answers is never asked, CorsMiddleware below what answers adds no header,
authentication above sessions has no session. Looked at are Django's own and the common packages'; the
project's own classes are known by what they stand on. What is there in development alone is looked at as
well.

Standard: Static Files: WhiteNoise; Security Headers: django-csp, django-cors-headers.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import product

from stackyard.project.facts import Project
from stackyard.project.settings.values import Items
from stackyard.rule import Finding, rule

_SECURITY = "django.middleware.security.SecurityMiddleware"
_WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"
_CORS = "corsheaders.middleware.CorsMiddleware"
_SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
_LOCALE = "django.middleware.locale.LocaleMiddleware"
_COMMON = "django.middleware.common.CommonMiddleware"
_CSRF = "django.middleware.csrf.CsrfViewMiddleware"
_AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
_MESSAGES = "django.contrib.messages.middleware.MessageMiddleware"
_GZIP = "django.middleware.gzip.GZipMiddleware"
_TOOLBAR = "debug_toolbar.middleware.DebugToolbarMiddleware"
_UPDATE = "django.middleware.cache.UpdateCacheMiddleware"
_FETCH = "django.middleware.cache.FetchFromCacheMiddleware"

# The upper one, the lower one, and why.
_ORDERS = (
    *(
        (_SECURITY, other, "plain HTTP is redirected before anything else is done")
        for other in (_WHITENOISE, _SESSION, _LOCALE, _COMMON, _CSRF, _AUTHENTICATION)
    ),
    *(
        (_WHITENOISE, other, "static files need none of what stands below")
        for other in (_SESSION, _LOCALE, _COMMON, _CSRF, _AUTHENTICATION)
    ),
    *(
        (_CORS, other, "what answers above it answers without its headers")
        for other in (_COMMON, _CSRF, _AUTHENTICATION)
    ),
    (_SESSION, _AUTHENTICATION, "who is logged in stands in the session"),
    (_SESSION, _MESSAGES, "messages may be kept in the session"),
    (_SESSION, _LOCALE, "the language may be kept in the session"),
    (_LOCALE, _COMMON, "redirects depend on the language"),
    (_GZIP, _TOOLBAR, "the toolbar can't add itself to what is compressed"),
    (_UPDATE, _FETCH, "a page is fetched before the view, and kept after all else has changed it"),
)


@rule("middleware-order", entry="middleware-order")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.production
    found = _single(settings.items("MIDDLEWARE"), settings.deployed("MIDDLEWARE")) if settings else Items()
    wanted = {name for order in _ORDERS for name in order[:2]}
    places: dict[str, list[int]] = {}
    for number, item in enumerate(found.items):
        for name in wanted:
            if isinstance(item.value, str) and project.code.stands_on(item.value, name):
                places.setdefault(name, []).append(number)
    wrong = [
        (high, low, reason)
        for upper, lower, reason in _ORDERS
        for high, low in product(places.get(upper, ()), places.get(lower, ()))
        if high > low
    ]
    while wrong:
        # One that is out of place is so to many others: that is one finding.
        moved = Counter(number for pair in wrong for number in pair[:2]).most_common(1)[0][0]
        high, low, reason = [pair for pair in wrong if moved in pair[:2]][0]
        upper, lower = found.items[high].value, found.items[low].value
        yield Finding(
            found.items[moved].where, f"{upper} stands below {lower}", f"put it above that: {reason}"
        )
        wrong = [pair for pair in wrong if moved not in pair[:2]]


def _single(every: Items, deployed: Items) -> Items:
    """Give the list with what development adds, unless conditions have entries in it twice."""
    for items in (every, deployed):
        if items.is_ordered and len(set(items.texts())) == len(items.texts()):
            return items
    return Items()
