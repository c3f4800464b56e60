"""What families of tokens know of a person."""

from typing import Any

from stack.jwt.models import TokenFamily

MODELS = ("jwt.TokenFamily",)
NOT_PERSONAL: dict[str, str] = {}


def export(user: Any) -> list[Any]:
    """Return where programs were logged in, without their tokens; see `stack.personal.Part`."""
    return list(
        TokenFamily.objects.filter(user=user.pk).values("since", "address", "agent", "expires_at", "ended_at")
    )


def erase(user: Any) -> None:
    """Forget all families, which ends their tokens; see `stack.personal.Part`."""
    TokenFamily.objects.filter(user=user.pk).delete()
