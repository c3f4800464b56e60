"""Makes users, and publishes to them when a line says so: `raw TEXT` or `feed TEXT`.

The messages are those of the channel layer, in one pipeline: how fast one is published is not measured.
"""

import json
import sys

import django
from channels.layers import get_channel_layer
from django.conf import settings
from django_redis import get_redis_connection  # type: ignore[import-untyped]

django.setup()

from apps.accounts.models import User  # noqa: E402
from apps.notifications.models import Notification  # noqa: E402
from apps.notifications.sockets import NotificationSocket  # noqa: E402

# pylint: disable=wrong-import-position
from stack.jwt.families import token_pair_issue  # noqa: E402


def main() -> None:
    """Prepare what each line asks for, say so, and publish when the next line comes."""
    count = int(sys.argv[1])
    User.objects.bulk_create(User(email=f"{number}@example.com", password="!") for number in range(count))
    users = list(User.objects.order_by("pk"))
    print(json.dumps([[user.pk, token_pair_issue(user)["access"]] for user in users]), flush=True)
    number = 0
    for line in sys.stdin:
        kind, _, text = line.rstrip("\n").partition(" ")
        if kind == "feed":
            number += 1
            Notification.objects.bulk_create(
                Notification(user=user, number=number, kind="benchmark", text=text) for user in users
            )
        print("ready", flush=True)
        sys.stdin.readline()
        publish(kind, [user.pk for user in users], text)


def publish(kind: str, users: list[int], text: str) -> None:
    """Publish to each user's group."""
    prefix = settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"]
    serialize = get_channel_layer().serialize
    pipeline = get_redis_connection("default").pipeline(transaction=False)
    for user in users:
        if kind == "raw":
            group, message = f"raw.{user}", {"type": "raw.message", "text": text}
        else:
            group, message = NotificationSocket.feed.group(user), {"type": "feed.hint"}
        pipeline.publish(f"{prefix}__group__{group}", serialize(message))
    pipeline.execute()


main()
