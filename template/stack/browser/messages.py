"""Messages to the next page, in a cookie that is named as the others are."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class MessageCookie(CookieStorage):
    """Keeps messages in a cookie."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """Keeps messages in the cookie, and in the session when they are too long."""

    storage_classes = (MessageCookie, SessionStorage)
