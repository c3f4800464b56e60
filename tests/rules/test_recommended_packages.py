"""recommended-packages."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "pyproject.toml",
    '\nipython = ">=',
    '\nbpython = ">=',
    (
        Break("poetry.lock", '\nname = "ipython"', '\nname = "bpython"'),
        Break("poetry.lock", "content-hash = ", "hash = "),
    ),
)

ALL = (
    "django djangorestframework drf-spectacular factory-boy django-debug-toolbar django-extensions"
    " prometheus-client opentelemetry-sdk django-silk"
    " django-querycount django-csp django-cors-headers django-filter ipython"
).split()


def requirements(*without: str, **files: str) -> dict[str, str]:
    return {"requirements.txt": "\n".join([*(name for name in ALL if name not in without), ""]), **files}


def test_all_of_them_pass() -> None:
    passes("recommended-packages", requirements())


@pytest.mark.parametrize("name", ["django-filter", "django-debug-toolbar", "ipython", "prometheus-client"])
def test_each_that_is_missing_is_found(name: str) -> None:
    flags("recommended-packages", requirements(name), "requirements.txt is not installed")


def test_what_a_missing_package_brings_along_is_one_finding() -> None:
    flags(
        "recommended-packages", requirements("factory-boy"), "requirements.txt factory-boy is not installed"
    )


def test_an_alternative_passes() -> None:
    files = requirements("prometheus-client")
    passes("recommended-packages", {"requirements.txt": files["requirements.txt"] + "ddtrace\n"})


def test_without_an_api_nothing_is_asked_of_it() -> None:
    passes(
        "recommended-packages",
        requirements("djangorestframework", "drf-spectacular", "django-filter", "django-cors-headers"),
    )


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("photo = models.ImageField()", ["django-storages", "Pillow"]),
        ("paper = models.FileField()", ["django-storages"]),
        ("# photo = models.TextField()", []),
    ],
)
def test_files_and_images_want_their_packages(code: str, wanted: list[str]) -> None:
    files = requirements(**{"shop/models.py": f"class Product(models.Model):\n    {code}\n"})
    are = "are" if len(wanted) > 1 else "is"
    told = [f"requirements.txt {' and '.join(wanted)} {are} not installed"] if wanted else []
    flags("recommended-packages", files, *told)


def test_djangos_own_security_policy_passes() -> None:
    settings = "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = []\nSECURE_CSP = {'default-src': [\"'self'\"]}\n"
    passes("recommended-packages", requirements("django-csp", **{"config/settings.py": settings}))


@pytest.mark.parametrize(
    ("backend", "wanted"),
    [
        ("django.core.cache.backends.redis.RedisCache", []),
        ("redis_cache.RedisCache", ["django-redis"]),
        ("django.core.cache.backends.locmem.LocMemCache", []),
    ],
)
def test_djangos_own_redis_cache_passes(backend: str, wanted: list[str]) -> None:
    settings = (
        f"ROOT_URLCONF = 'urls'\nINSTALLED_APPS = []\nCACHES = {{'default': {{'BACKEND': '{backend}'}}}}\n"
    )
    files = requirements(**{"config/settings.py": settings})
    flags("recommended-packages", files, *(f"requirements.txt {name} is not installed" for name in wanted))


def test_another_server_for_asgi_passes() -> None:
    settings = "ROOT_URLCONF = 'urls'\nINSTALLED_APPS = []\nASGI_APPLICATION = 'config.asgi.application'\n"
    files = requirements("uvicorn", "gunicorn", **{"config/settings.py": settings})
    files["requirements.txt"] += "granian\n"
    passes("recommended-packages", files)


def test_what_a_dockerfile_has_pip_install_is_there() -> None:
    passes(
        "recommended-packages",
        requirements("ipython", Dockerfile="FROM python:3.13\nRUN pip install ipython\n"),
    )
