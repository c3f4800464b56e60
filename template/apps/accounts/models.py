"""The custom user: an e-mail address in place of a user name."""

from collections.abc import Callable
from typing import Any, ClassVar

from asgiref.sync import sync_to_async
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.encoding import punycode


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

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return an address as it is kept: in lower case, with the domain in the one way that IDNA shows it.

        Other dots, ligatures and ``xn--`` lead to the same mailbox. What is no domain stays as it is.
        """
        return _with_domain((email or "").lower(), lambda domain: punycode(domain).encode().decode("idna"))

    def of_address(self, email: str) -> "User | None":
        """Return whose address this is, however its domain is written.

        First comes one from before domains were put in order, as it is written.
        """
        kept = self.normalize_email(email)
        written = list(dict.fromkeys((email.lower(), kept, _with_domain(kept, punycode))))
        found = {user.email: user for user in self.filter(email__in=written)}
        return next((found[each] for each in written if each in found), None)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return whose address this is, for Django's log-in and commands.

        Raises:
            DoesNotExist: It is nobody's.
        """
        user = self.of_address(username or "")
        if user is None:
            raise self.model.DoesNotExist
        return user

    async def aget_by_natural_key(self, username: str | None) -> "User":
        """Return the same as `get_by_natural_key`."""
        return await sync_to_async(self.get_by_natural_key)(username)

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
        user = self.model(email=self.normalize_email(email), **fields)
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


def _with_domain(address: str, change: Callable[[str], str]) -> str:
    mailbox, at, domain = address.rpartition("@")
    try:
        return f"{mailbox}{at}{change(domain)}"
    except UnicodeError:
        return address
