"""The custom user: an e-mail address in place of a user name."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and save a user.

        Args:
            email: The address to log in with; kept in lower case, as mailboxes are told apart without it.
            password: The password; without one, the user can't log in by password.
            **fields: Other fields of the user.

        Returns:
            The saved user.

        Raises:
            ValueError: When the address is empty.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and save a user who may do everything."""
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail address, in whatever case it is written."""
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """Somebody who can log in."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        "e-mail address", unique=True, error_messages={"unique": "This address is taken."}
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        """The database itself keeps addresses unique whatever their case."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique_any_case")
        ]
