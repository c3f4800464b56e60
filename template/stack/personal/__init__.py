"""What the project knows of a person: given to them, and erased."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol, cast

from django.apps import apps as installed
from django.contrib.auth import get_user_model
from django.db import transaction

from stack.discovery import modules


class Part(Protocol):
    """A module ``personal`` of an app.

    Attributes:
        MODELS: Labels of the models whose rows it gives and erases.
        NOT_PERSONAL: Labels of models that look as if they were about people, each with why they are not.
    """

    MODELS: Collection[str]
    NOT_PERSONAL: Mapping[str, str]

    def export(self, user: Any) -> Any:
        """Return what is known of a user: fit for JSON, and without what opens anything."""

    def erase(self, user: Any) -> None:
        """Delete it; what has to be kept, is kept without the person. Files go once this is committed."""


def parts() -> dict[str, Part]:
    """Return each app's module, by the app's label."""
    found = {}
    for module in modules("personal"):
        config = installed.get_containing_app_config(module.__name__)
        assert config
        found[config.label] = cast(Part, module)
    return found


def export(user: Any) -> dict[str, Any]:
    """Return all that is known of a user, by app."""
    return {label: part.export(user) for label, part in parts().items()}


@transaction.atomic
def erase(user: Any) -> None:
    """Erase a person: all of it, or, if something goes wrong, nothing.

    Args:
        user: Whose row stays, as what is kept points to it, and says nothing of anybody.
    """
    users: Any = get_user_model()
    held = users.objects.select_for_update().get(pk=user.pk)
    for part in parts().values():
        part.erase(held)
