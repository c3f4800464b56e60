"""The custom user: an e-mail address in place of a user name."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class AddressField(models.EmailField):  # type: ignore[type-arg]
    """An e-mail address, in lower case on every way into the database, lookups included."""

    def to_python(self, value: Any) -> Any:
        """Return the address in lower case, for validators (it may grow by that), lookups and rows."""
        value = super().to_python(value)
        return value.lower() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Make the object say what the database will."""
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and save a user.

        Args:
            email: The address to log in with.
            password: The password; without one, the user can't log in by password.
            **fields: Other fields of the user.

        Returns:
            The saved user.

        Raises:
            ValueError: When the address is empty.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and save a user who may do everything."""
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)


class User(AbstractUser):
    """Somebody who can log in."""

    username = None  # type: ignore[assignment]
    email = AddressField("e-mail address", unique=True, error_messages={"unique": "This address is taken."})

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        """The database itself refuses what would make two users of one mailbox."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case"
            )
        ]
