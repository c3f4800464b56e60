"""How the list of notifications is narrowed."""

from typing import ClassVar

from django_filters import rest_framework as filters

from apps.notifications.models import Notification

NUMBER_MAX = 2**63 - 1


class NotificationFilter(filters.FilterSet):  # type: ignore[misc]  # it has no types
    """By number: what a client that was away has missed."""

    after = filters.NumberFilter(
        "number",
        "gt",
        min_value=0,
        max_value=NUMBER_MAX,
        decimal_places=0,
        help_text="The number of the last one that you have: those after it, oldest first.",
    )

    class Meta:
        """The model."""

        model = Notification
        fields: ClassVar[list[str]] = []
