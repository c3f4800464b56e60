"""Made-up people for tests."""

from typing import Any

from factory.declarations import Sequence, Trait
from factory.django import DjangoModelFactory
from factory.faker import Faker

from apps.accounts.models import User

PASSWORD = "correct-horse-battery-staple"
"""The password of every made-up user, unless a test gives another."""


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can log in with `PASSWORD`; traits `admin` and `disabled` say what else they are."""

    class Meta:
        """Addresses are numbered, as Faker repeats itself in the end."""

        model = User
        skip_postgeneration_save = True

    class Params:
        """Kinds of user."""

        admin = Trait(is_staff=True, is_superuser=True)
        disabled = Trait(is_active=False)

    first_name = Faker("first_name")
    last_name = Faker("last_name")
    email = Sequence(lambda number: f"user{number}@example.com")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """Go through the manager, which hashes the password."""
        return model_class.objects.create_user(*args, **kwargs)
