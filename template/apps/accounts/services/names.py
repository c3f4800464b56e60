"""What people are called."""

from apps.accounts.models import User


def user_rename(user: User, **names: str) -> User:
    """Change a user's names, and nothing else: what is changed elsewhere at the same moment stays changed.

    Args:
        user: The user.
        **names: The new `first_name`, `last_name` or both, at most 150 characters each.

    Returns:
        The same user.
    """
    for field, name in names.items():
        setattr(user, field, name)
    user.save(update_fields=names)
    return user
