"""migrations-present."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("apps/pictures/migrations/0001_initial.py", new=None)

MODEL = "from django.db import models\n\n\nclass Order(models.Model):\n    number = models.IntegerField()\n"


def app(folder: str, entry: str, models: str = MODEL) -> dict[str, str]:
    return {"config/settings.py": f'INSTALLED_APPS = ["{entry}"]\n', f"{folder}/models.py": models}


@pytest.mark.parametrize(
    ("folder", "entry"),
    [
        ("orders", "orders"),
        ("apps/orders", "apps.orders"),
        ("shop/orders", "shop.orders.apps.OrdersConfig"),
        ("src/shop/orders", "shop.orders"),
        ("backend/orders", "orders.apps.OrdersConfig"),
    ],
)
def test_an_app_with_and_without(folder: str, entry: str) -> None:
    files = app(folder, entry)
    flags(
        "migrations-present",
        files,
        f"{folder}/models.py:4 the app {folder} has the model Order, and no migration",
    )
    flags(
        "migrations-present",
        {**files, f"{folder}/migrations/__init__.py": ""},
        f"{folder}/models.py:4 no migration",
    )
    passes("migrations-present", {**files, f"{folder}/migrations/0001_initial.py": ""})


def test_models_in_a_folder() -> None:
    files = {"config/settings.py": 'INSTALLED_APPS = ["orders"]\n', "orders/models/order.py": MODEL}
    flags("migrations-present", files, "orders/models/order.py:4 the app orders")


@pytest.mark.parametrize(
    "models",
    [
        "class Order(models.Model):\n    class Meta:\n        abstract = True\n",
        "class Order(Base):\n    pass\n",
        "# class Order(models.Model):\n",
        "",
    ],
)
def test_no_model_that_is_known_for_one(models: str) -> None:
    passes("migrations-present", app("orders", "orders", models))


def test_an_app_that_is_not_installed() -> None:
    passes("migrations-present", app("orders", "django.contrib.auth"))


def test_migrations_that_are_elsewhere() -> None:
    files = app("orders", "orders")
    text = 'INSTALLED_APPS = ["orders"]\nMIGRATION_MODULES = {"orders": "x"}\n'
    passes("migrations-present", {**files, "config/settings.py": text})


@pytest.mark.parametrize("ignore", ["migrations/", "**/migrations/*.py", "0*.py"])
def test_migrations_that_git_ignores(ignore: str) -> None:
    files = {**app("orders", "orders"), "orders/migrations/0001_initial.py": "", ".gitignore": f"{ignore}\n"}
    flags("migrations-present", files, "orders/models.py:4 Git ignores the migrations of the app orders")
