"""Accounts as JSON."""

from typing import Any, ClassVar

from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from apps.accounts.models import User
from apps.accounts.services.passwords import user_password_is
from apps.accounts.services.signup import address_clean
from stack.rest.serializers import StrictModelSerializer, StrictSerializer


class PasswordField(serializers.CharField):
    """A password, to the last space."""

    def __init__(self, **kwargs: Any) -> None:
        """Set what every password has in common."""
        super().__init__(trim_whitespace=False, write_only=True, style={"input_type": "password"}, **kwargs)


class AddressField(serializers.EmailField):
    """An address, looked at as it is kept."""

    def to_internal_value(self, data: Any) -> str:
        """Return the address as it is kept."""
        return User.objects.normalize_email(super().to_internal_value(data))


class CredentialsSerializer(StrictSerializer):
    """Who somebody says they are."""

    email = serializers.CharField(max_length=254, write_only=True)
    password = PasswordField()
    code = serializers.CharField(
        max_length=32,
        required=False,
        write_only=True,
        help_text="Of the second factor, for those who have one: six digits, or a recovery code.",
    )


class TokenSerializer(StrictSerializer):
    """A token, of whatever kind."""

    token = serializers.CharField()


class SignupSerializer(StrictSerializer):
    """An address for which an account is asked."""

    email = AddressField(max_length=254, write_only=True)

    def validate_email(self, value: str) -> str:
        """Return the address, if mail can be sent there."""
        return address_clean(value)


class UserSerializer(serializers.ModelSerializer[User]):
    """A user, as seen by themselves."""

    class Meta:
        """The columns shown."""

        model = User
        fields: ClassVar = ("email", "first_name", "last_name", "date_joined")


class UserNamesSerializer(StrictModelSerializer[User]):
    """What users may change of themselves."""

    class Meta:
        """The columns that can be written."""

        model = User
        fields: ClassVar[tuple[str, ...]] = ("first_name", "last_name")


class UserRegisterSerializer(UserNamesSerializer):
    """A user to be; the password is judged by the service, which knows whose it is."""

    token = serializers.CharField(write_only=True, help_text="From the link in the e-mail.")
    password = PasswordField()

    class Meta(UserNamesSerializer.Meta):
        """The columns that can be written, and the proof of the address."""

        fields = ("token", "password", "first_name", "last_name")


class CurrentPasswordSerializer(StrictSerializer):
    """The password that is right now."""

    current_password = PasswordField()

    def validate_current_password(self, value: str) -> str:
        """Refuse somebody who found the screen unlocked."""
        request = self.context["request"]
        if not user_password_is(request, request.user, value):
            raise serializers.ValidationError("This is not the current password.", code="password_incorrect")
        return value


class PasswordChangeSerializer(CurrentPasswordSerializer):
    """The old password and the new one."""

    new_password = PasswordField()

    def validate_new_password(self, value: str) -> str:
        """Apply AUTH_PASSWORD_VALIDATORS."""
        validate_password(value, self.context["request"].user)
        return value
