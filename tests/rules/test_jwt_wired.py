"""jwt-wired."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/jwt/authentication.py",
    "from rest_framework_simplejwt import authentication",
    "from elsewhere import authentication",
)


PACKAGE = "djangorestframework-simplejwt"
TAKEN = (
    "REST_FRAMEWORK = {'DEFAULT_AUTHENTICATION_CLASSES':"
    " ['rest_framework_simplejwt.authentication.JWTAuthentication']}"
)
URLS = "from rest_framework_simplejwt.views import TokenObtainPairView\nurlpatterns = []\n"


def test_wired() -> None:
    passes("jwt-wired", django(TAKEN, PACKAGE, urls=URLS))


def test_a_class_of_its_own_and_views_that_are_included() -> None:
    own = "from rest_framework_simplejwt.authentication import JWTAuthentication\n"
    urls = "urlpatterns = [path('', include('api.urls'))]\n"
    passes("jwt-wired", django("", PACKAGE, urls=urls, api__urls=URLS, api__authentication=own))


def test_views_of_another_package() -> None:
    passes("jwt-wired", django(TAKEN, PACKAGE, urls="urlpatterns = [path('', include('djoser.urls.jwt'))]\n"))


def test_not_installed_or_not_told() -> None:
    passes("jwt-wired", django(""))
    passes("jwt-wired", django("from elsewhere import *", PACKAGE))


def test_nothing_hands_tokens_out() -> None:
    flags("jwt-wired", django(TAKEN, PACKAGE, api__urls=URLS), "pyproject.toml:4 no address")


def test_nothing_takes_them() -> None:
    flags(
        "jwt-wired",
        django("# " + TAKEN, PACKAGE, urls=URLS),
        "pyproject.toml:4 no class of rest_framework_simplejwt",
    )
