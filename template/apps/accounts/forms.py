"""Forms of the pages and the admin."""

from typing import Any, cast

from django import forms
from django.contrib.auth import forms as auth_forms
from django.http import HttpRequest

from apps.accounts.models import User
from apps.accounts.services.passwords import user_password_is, user_password_set
from apps.accounts.services.signup import address_clean


class LoginForm(auth_forms.AuthenticationForm):
    """Django's own, which says that addresses know case; here they don't."""

    error_messages = auth_forms.AuthenticationForm.error_messages | {
        "invalid_login": "Address and password do not match an active account."
    }


class AddressField(forms.EmailField):
    """An address, looked at as it is kept."""

    def to_python(self, value: Any) -> str:
        """Return the address as it is kept."""
        return User.objects.normalize_email(forms.EmailField.to_python(self, value))


class AddressForm(forms.Form):
    """Asks for an address to write to."""

    email = AddressField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        """Return the address, if mail can be sent there."""
        return address_clean(self.cleaned_data["email"])


class SignupConfirmForm(auth_forms.SetPasswordMixin[User], forms.Form):
    """Asks who owns a proved mailbox, and for a password."""

    first_name = forms.CharField(max_length=150, required=False)
    last_name = forms.CharField(max_length=150, required=False)
    password, password_again = auth_forms.SetPasswordMixin.create_password_fields()

    def clean(self) -> dict[str, Any]:
        """Compare the passwords; whether they are good, the service judges, which knows whose they are."""
        self.validate_passwords("password", "password_again")
        return self.cleaned_data


class CodeForm(forms.Form):
    """Asks for a code of the second factor."""

    code = forms.CharField(
        max_length=32,
        help_text="The six digits that your app shows now.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class ProofForm(CodeForm):
    """Asks for the password and a code."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ("password", "code")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        """Note who asks, whose password it is to be."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["code"].widget.attrs.pop("autofocus")

    def clean_password(self) -> str:
        """Refuse somebody who found the screen unlocked."""
        password: str = self.cleaned_data["password"]
        if not user_password_is(self.request, cast(User, self.request.user), password):
            raise forms.ValidationError("This is not your password.", code="password_incorrect")
        return password


class EndsTokens:
    """A mixin for Django's password forms: what the old password opened ends with it."""

    cleaned_data: dict[str, Any]

    def set_password_and_save(  # pylint: disable=unused-argument; the service always saves
        self, user: User, password_field_name: str = "password1", commit: bool = True  # nosec B107 # a name
    ) -> User:
        """Set the password by the service."""
        usable = self.cleaned_data.get("set_usable_password", True)
        user_password_set(user, self.cleaned_data[password_field_name] if usable else None)
        return user


class PasswordChangeForm(EndsTokens, auth_forms.PasswordChangeForm):
    """Changes one's own password."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        """Note who asks."""
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """Refuse somebody who found the screen unlocked."""
        password: str = self.cleaned_data["old_password"]
        if not user_password_is(self.request, self.user, password):
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return password


class SetPasswordForm(EndsTokens, auth_forms.SetPasswordForm[User]):
    """Sets a password by the link of a reset mail."""


class AdminPasswordChangeForm(EndsTokens, auth_forms.AdminPasswordChangeForm[User]):
    """Changes somebody's password in the admin."""


class UserCreationForm(auth_forms.AdminUserCreationForm[User]):
    """Makes a user in the admin."""

    class Meta:
        """Django's own names a user name."""

        model = User
        fields = ("email",)
