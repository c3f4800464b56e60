"""The pages that make an account, in two steps: the address, and whose it is."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.tasks import Task
from django.urls import reverse_lazy
from django.views.generic import FormView

from apps.accounts.forms import AddressForm, SignupConfirmForm
from apps.accounts.services.signup import signup_address, user_register
from apps.accounts.tasks import signup_mail_send
from stack.mail.links import site_origin


class AddressView(FormView):  # type: ignore[type-arg]
    """Asks for an address and has something sent there, or not: the answer is the same."""

    form_class = AddressForm
    mail: ClassVar["Task[[str, str], None]"]

    def form_valid(self, form: AddressForm) -> HttpResponse:
        """Leave the mail to a task."""
        self.mail.enqueue(form.cleaned_data["email"], site_origin(self.request))
        return super().form_valid(form)


class SignupView(AddressView):
    """Begins a sign-up."""

    mail = signup_mail_send
    template_name = "accounts/signup.html"
    success_url = reverse_lazy("signup_done")


class SignupConfirmView(FormView):  # type: ignore[type-arg]
    """Where the mail's link leads: makes the user."""

    form_class = SignupConfirmForm
    template_name = "accounts/signup_confirm.html"
    success_url = reverse_lazy("login")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send whoever comes with a dead link back to where a new one is to be had."""
        try:
            signup_address(kwargs["token"])
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("signup")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address, which password managers want to see."""
        return super().get_context_data(address=signup_address(self.kwargs["token"]), **kwargs)

    def form_valid(self, form: SignupConfirmForm) -> HttpResponse:
        """Make the user, or say why not."""
        names = {name: form.cleaned_data[name] for name in ("first_name", "last_name")}
        try:
            user_register(self.kwargs["token"], form.cleaned_data["password"], **names)
        except ValidationError as error:
            for field, texts in error.message_dict.items():
                form.add_error(field if field in form.fields else None, texts)
            return self.form_invalid(form)
        messages.success(self.request, "Your account is ready: log in.")
        return super().form_valid(form)
