"""A socket that follows the things."""

from django.urls import path

from stack.websockets.follow import FeedSocket
from stack.websockets.tests.things import feed


class ThingSocket(FeedSocket):
    """A user's things."""

    feed = feed


urlpatterns = [path("ws/things/", ThingSocket.as_asgi())]
