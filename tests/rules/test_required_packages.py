"""required-packages."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(
    "pyproject.toml",
    '\npylint = ">=',
    '\npyflakes = ">=',
    (
        Break("poetry.lock", '\nname = "pylint"', '\nname = "flint"'),
        Break("poetry.lock", "content-hash = ", "hash = "),
    ),
)

ALL = (
    "django djangorestframework psycopg2-binary whitenoise celery djangorestframework-simplejwt pytest-django"
    " pytest-cov black isort flake8 pylint mypy pre-commit sentry-sdk gunicorn django-environ"
).split()


def requirements(*without: str, also: str = "", **files: str) -> dict[str, str]:
    names = [name for name in ALL if name not in without]
    return {"requirements.txt": "\n".join([*names, also, ""]), **files}


def test_all_of_them_pass() -> None:
    passes("required-packages", requirements())


@pytest.mark.parametrize("name", ["django", "whitenoise", "celery", "mypy", "sentry-sdk"])
def test_each_that_is_missing_is_found(name: str) -> None:
    flags("required-packages", requirements(name), "requirements.txt is not installed")


@pytest.mark.parametrize(
    ("missing", "instead"),
    [("psycopg2-binary", "psycopg[binary]"), ("django-environ", "python-decouple"), ("gunicorn", "uvicorn")]
    + [("django-environ", "django-dotenv"), ("djangorestframework", "wagtail")],
)
def test_another_package_may_stand_in(missing: str, instead: str) -> None:
    passes("required-packages", requirements(missing, also=instead))


def test_coverage_and_its_plugin_are_one_finding() -> None:
    flags("required-packages", requirements("pytest-cov"), "requirements.txt pytest-cov is not installed")


def test_without_an_api_nothing_is_asked_of_it() -> None:
    files = requirements("djangorestframework", "djangorestframework-simplejwt")
    flags("required-packages", files, "requirements.txt Django REST Framework is not installed")


def test_ruff_in_the_place_of_four_is_one_finding() -> None:
    files = requirements("black", "isort", "flake8", "pylint", also="ruff")
    flags(
        "required-packages",
        files,
        "requirements.txt ruff stands in the place of black, isort, flake8, pylint",
    )


def test_what_ci_has_pip_install_is_there() -> None:
    steps = "jobs:\n  types:\n    steps:\n    - run: pip install {} stubs && mypy .\n"
    path = ".github/workflows/types.yml"
    passes("required-packages", requirements("mypy", **{path: steps.format("'mypy>=1.18'")}))
    flags(
        "required-packages",
        requirements("mypy", **{path: steps.format("mypy-lint")}),
        "requirements.txt mypy",
    )


def test_hooks_bring_their_tools_along() -> None:
    hooks = "repos:\n  - repo: https://github.com/psf/black\n    hooks:\n      - id: black\n"
    passes("required-packages", requirements("black", "pre-commit", **{".pre-commit-config.yaml": hooks}))


SETTINGS = "INSTALLED_APPS = ['rest_framework', {apps}]\nROOT_URLCONF = 'config.urls'\n{more}"


@pytest.mark.parametrize(
    ("missing", "apps", "more"),
    [
        ("djangorestframework-simplejwt", "'rest_framework.authtoken'", ""),
        (
            "celery",
            "",
            "TASKS = {'default': {'BACKEND': 'django.tasks.backends.immediate.ImmediateBackend'}}\n",
        ),
        ("whitenoise", "", "STORAGES = {'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"),
        ("psycopg2-binary", "", "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3'}}\n"),
    ],
)
def test_what_the_settings_have_no_use_for_passes(missing: str, apps: str, more: str) -> None:
    passes(
        "required-packages",
        requirements(missing, **{"config/settings.py": SETTINGS.format(apps=apps, more=more)}),
    )


@pytest.mark.parametrize("name", ["setup.py", "pdm.lock", "environment.yml"])
def test_a_list_that_is_not_read_makes_it_unknown(name: str) -> None:
    passes("required-packages", requirements("celery", **{name: "install_requires"}))


def test_a_list_that_is_taken_in_counts_and_must_be_there() -> None:
    files = requirements("celery")
    files["requirements.txt"] += "-r deps/tasks.txt\n"
    passes("required-packages", files)
    passes("required-packages", {**files, "deps/tasks.txt": "celery[redis]==5.5\n"})
    flags(
        "required-packages",
        {**files, "deps/tasks.txt": "redis\n"},
        "requirements.txt Celery is not installed",
    )


def test_no_list_at_all_is_not_known() -> None:
    passes("required-packages", {"manage.py": ""})


def test_the_answers_of_a_new_project_count() -> None:
    answers = "_src_path: stackyard\nbroker: none\njwt: false\nmonitoring: []\n"
    files = requirements(
        "celery", "djangorestframework-simplejwt", "sentry-sdk", **{".copier-answers.yml": answers}
    )
    passes("required-packages", files)


def test_what_is_locked_is_there() -> None:
    lock = "".join(f'[[package]]\nname = "{name}"\nversion = "1.0"\n' for name in ALL if name != "mypy")
    files = {"pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^6.0"\n', "poetry.lock": lock}
    flags("required-packages", files, "pyproject.toml:1 mypy is not installed")
    assert findings("required-packages", files)[0].remedy == "`poetry add --group dev mypy`"


def test_what_another_package_brings_along_asks_for_nothing_more() -> None:
    files = requirements("djangorestframework", "djangorestframework-simplejwt", also="wagtail")
    passes("required-packages", files)


def test_tokens_that_another_program_gives() -> None:
    more = "REST_FRAMEWORK = {'DEFAULT_AUTHENTICATION_CLASSES': ['oidc.drf.OIDCAuthentication']}\n"
    files = {"config/settings.py": SETTINGS.format(apps="", more=more)}
    passes("required-packages", requirements("djangorestframework-simplejwt", **files))


def test_without_poetry_all_that_is_missing_is_one_finding() -> None:
    (finding,) = findings("required-packages", requirements("whitenoise", "mypy", "pylint"))
    assert finding.fact == "WhiteNoise, pylint and mypy are not installed", finding
    assert finding.remedy == "`poetry add whitenoise` and `poetry add --group dev pylint mypy`", finding


def test_with_poetry_each_is_a_finding_of_its_own() -> None:
    lock = "".join(f'[[package]]\nname = "{name}"\nversion = "1.0"\n' for name in ALL if name != "mypy")
    files = {
        "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "^6.0"\n',
        "poetry.lock": lock.replace('"pylint"', '"flint"'),
    }
    flags("required-packages", files, "pyproject.toml:1 pylint", "pyproject.toml:1 mypy")


def test_another_program_s_list_is_not_the_project_s() -> None:
    passes("required-packages", {"manage.py": "", "loadtests/requirements.txt": "locust\nrequests\n"})
