"""celery-tasks-found."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/celery/apps.py", '        autodiscover_modules("tasks")\n')

TASKS = {"orders/tasks.py": "from celery import shared_task\n\n\n@shared_task\ndef expire():\n    pass\n"}
APP = 'from celery import Celery\n\napp = Celery("shop")\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/celery.py", f"{APP}app.autodiscover_tasks()\n"),
        ("shop/celery.py", 'from celery import Celery\n\napp = Celery("shop", include=["orders.tasks"])\n'),
        ("shop/celery.py", f"{APP}app.conf.imports = names\n"),
        ("shop/celery.py", f"{APP}from orders import tasks\n"),
        ("shop/settings.py", 'CELERY_IMPORTS = ("orders.tasks",)\n'),
        ("orders/apps.py", "def ready(self):\n    from . import tasks\n"),
    ],
)
def test_it_finds_them(path: str, text: str) -> None:
    passes("celery-tasks-found", {"shop/celery.py": APP, **TASKS, path: text})


@pytest.mark.parametrize(
    ("path", "text"),
    [("orders/views.py", "from orders.tasks import expire\n"), ("x.py", "# app.autodiscover_tasks()\n")],
)
def test_nothing_has_it_find_them(path: str, text: str) -> None:
    flags(
        "celery-tasks-found",
        {"shop/celery.py": APP, **TASKS, path: text},
        "shop/celery.py:3 such as those of orders/tasks.py",
    )


def test_tasks_beside_the_application_are_imported_with_it() -> None:
    passes("celery-tasks-found", {"shop/celery.py": f"{APP}\n\n@app.task\ndef ping():\n    pass\n"})


def test_tasks_of_others_are_none_of_celerys() -> None:
    passes(
        "celery-tasks-found",
        {"shop/celery.py": APP, "tasks.py": "from invoke import task\n\n\n@task\ndef x(c):\n    pass\n"},
    )


def test_djangos_own_tasks_are_its() -> None:
    text = "from django.tasks import task\n\n\n@task\ndef x():\n    pass\n"
    flags("celery-tasks-found", {"shop/celery.py": APP, "orders/tasks.py": text}, "shop/celery.py:3")
