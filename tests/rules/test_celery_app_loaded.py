"""celery-app-loaded."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(
    "config/__init__.py", "from config.celery import app as celery_app  # noqa: F401  # stack: celery\n"
)

APP = 'from celery import Celery\n\napp = Celery("shop")\n'
SETTINGS = {"shop/settings.py": "INSTALLED_APPS = []\n", "manage.py": 'os.environ["X"] = "shop.settings"\n'}


@pytest.mark.parametrize(
    ("module", "path", "line"),
    [
        ("celery", "shop/__init__.py", "from .celery import app as celery_app"),
        ("celery_app", "shop/__init__.py", "from shop.celery_app import app"),
        ("celery", "shop/__init__.py", "from . import celery"),
        ("celery", "shop/wsgi.py", "import shop.celery"),
        ("celery", "orders/apps.py", "def ready(self):\n    from shop import celery"),
        ("celery", "orders/tasks.py", "from shop.celery import app"),
    ],
)
def test_it_is_imported(module: str, path: str, line: str) -> None:
    passes("celery-app-loaded", {**SETTINGS, f"shop/{module}.py": APP, path: f"{line}\n"})


def test_a_source_layout_and_a_folder_for_the_backend() -> None:
    files = {
        "backend/manage.py": "",
        "backend/src/shop/__init__.py": "from .celery import app\n",
        "backend/src/shop/celery.py": APP,
    }
    passes("celery-app-loaded", files)


def test_an_application_in_the_package_itself_is_loaded() -> None:
    passes("celery-app-loaded", {**SETTINGS, "shop/__init__.py": APP})


def test_nothing_imports_it() -> None:
    files = {**SETTINGS, "shop/celery.py": APP, "shop/__init__.py": ""}
    flags("celery-app-loaded", files, "shop/celery.py:3 no module imports shop/celery.py")


@pytest.mark.parametrize("path", ["shop/__init__.py", "shop/tests/test_tasks.py"])
def test_comments_and_tests_load_nothing(path: str) -> None:
    text = "from shop.celery import app\n" if "test" in path else "# from .celery import app\n"
    files = {**SETTINGS, "shop/celery.py": APP, path: text}
    flags("celery-app-loaded", files, "shop/celery.py:3 no module imports")


def test_celerys_own_module_is_another_one() -> None:
    files = {**SETTINGS, "shop/celery.py": APP, "orders/tasks.py": "from celery import shared_task\n"}
    flags("celery-app-loaded", files, "shop/celery.py:3")


def test_it_is_put_right() -> None:
    files = {**SETTINGS, "shop/celery.py": APP, "shop/__init__.py": '"""The shop."""\n'}
    (edit,) = findings("celery-app-loaded", files)[0].edits
    files[edit.path] = edited(files[edit.path], edit) or ""
    assert files["shop/__init__.py"].startswith('"""The shop."""\nfrom .celery import app as celery_app\n')
    passes("celery-app-loaded", files)


def test_names_that_a_package_lists_are_not_added_to() -> None:
    files = {**SETTINGS, "shop/celery.py": APP, "shop/__init__.py": "__all__ = ()\n"}
    assert findings("celery-app-loaded", files)[0].edits == ()


def test_celery_without_an_application() -> None:
    pyproject = '[project]\ndependencies = [\n  "celery (>=5.3,<6)",\n]\n'
    flags(
        "celery-app-loaded", {**SETTINGS, "pyproject.toml": pyproject}, "pyproject.toml:3 celery is installed"
    )


def test_an_application_that_a_function_gives() -> None:
    text = "from celery import Celery\n\n\ndef make():\n    return Celery('x')\n"
    passes("celery-app-loaded", {"shop/work.py": text, "shop/urls.py": "from shop.work import make\n"})


def test_a_class_of_ones_own() -> None:
    text = "class Shop(celery.Celery):\n    pass\n\n\napp = Shop('x')\n"
    flags("celery-app-loaded", {"shop/celery.py": text}, "shop/celery.py:5 no module imports")
