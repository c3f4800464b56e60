"""Tasks whose effects can be seen in the database."""

from django.contrib.auth.models import Group
from django.db import connection
from django.tasks import task


@task
def group_make(name: str) -> None:
    """Have an effect."""
    Group.objects.create(name=name)


@task
def break_transaction() -> None:
    """Fail in the database, which then refuses whatever follows in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
