"""What a command is told to work for, and whether there is such a thing."""

from collections.abc import Collection, Iterable

from django.core.management.base import CommandError


def chosen(named: Iterable[str], known: Collection[str], what: str) -> list[str]:
    """Return what was named; all that there is, if nothing was.

    Args:
        named: The names that the command was given.
        known: Those that there are.
        what: What they are of, for the message: `consumers of`.

    Raises:
        CommandError: There is no such thing.
    """
    wanted = list(named)
    if unknown := sorted(set(wanted) - set(known)):
        raise CommandError(f"No {what} {', '.join(unknown)}; there are: {', '.join(known) or 'none'}.")
    return wanted or list(known)
