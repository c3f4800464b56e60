"""Addresses that count: they emit as many events as they are asked for, in one transaction."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from stack import outbox

COUNT = """
INSERT INTO ledger_counter VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET value = ledger_counter.value + excluded.value RETURNING value
"""


@csrf_exempt
@transaction.atomic
def count(_: HttpRequest, key: str, times: int) -> HttpResponse:
    """Count a key on."""
    return HttpResponse(str(_tell(key, times)))


@csrf_exempt
@transaction.atomic
def spread(_: HttpRequest, start: int, keys: int) -> HttpResponse:
    """Count so many keys on, each by one."""
    for number in range(start, start + keys):
        _tell(f"spread-{number}", 1)
    return HttpResponse(str(keys))


def _tell(key: str, times: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, times])
        last: int = cursor.fetchone()[0]
    outbox.emit_many(
        outbox.Event("ledger.counted", {"position": position}, key)
        for position in range(last - times + 1, last + 1)
    )
    return last


urlpatterns = [
    path("count/<slug:key>/<int:times>/", count),
    path("spread/<int:start>/<int:keys>/", spread),
]
