"""Django's own pages for passwords: changed, and reset by e-mail."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.urls import reverse_lazy

from apps.accounts.forms import PasswordChangeForm, SetPasswordForm
from apps.accounts.tasks import password_reset_mail_send
from apps.accounts.views.signup import AddressView


class PasswordResetView(AddressView):
    """Begins the reset of a forgotten password."""

    mail = password_reset_mail_send
    template_name = "registration/password_reset_form.html"
    success_url = reverse_lazy("password_reset_done")


class PasswordChangeView(auth_views.PasswordChangeView):
    """Changes the password, and ends what the old one opened."""

    form_class = PasswordChangeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say who asks: guesses are counted by that."""
        return super().get_form_kwargs() | {"request": self.request}


class PasswordResetConfirmView(auth_views.PasswordResetConfirmView):
    """Where the mail's link leads: sets the new password."""

    form_class = SetPasswordForm
