"""The pages of one's second factor: set up, and removed."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import RedirectURLMixin
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from apps.accounts.forms import ProofForm
from apps.accounts.models import User
from apps.accounts.services.factors import factor_remove, factor_set_up
from stack.otp.codes import code_check
from stack.otp.devices import has_factor
from stack.otp.errors import WrongCode
from stack.otp.offer import key_picture, key_text, offer_key, offer_make
from stack.otp.verified import note_code, note_none


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class FactorView(LoginRequiredMixin, FormView):  # type: ignore[type-arg]
    """Asks for the password and a code: nobody does this who has found the screen unlocked."""

    form_class = ProofForm
    has_one: bool
    """Whether the page is for those who have a factor; the others are sent away."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send those away for whom there is nothing to do."""
        if request.user.is_authenticated and has_factor(request.user) != self.has_one:
            return redirect("security")
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Return who asks; nobody else gets here."""
        return cast(User, self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whose password it is to be."""
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: ProofForm) -> HttpResponse:
        """Go on with the code."""
        try:
            return self.code_valid(form.cleaned_data["code"])
        except WrongCode as error:
            form.add_error("code", error.detail)
            return self.form_invalid(form)

    def code_valid(self, code: str) -> HttpResponse:
        """Do what the page is for.

        Raises:
            WrongCode: The code is not good.
        """
        raise NotImplementedError


class FactorSetUpView(RedirectURLMixin, FactorView):
    """Shows a secret to an app, and asks for the code that it makes of it."""

    template_name = "accounts/factor_set_up.html"
    next_page = "security"
    has_one = False
    offer: str

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Offer a new secret."""
        self.offer = offer_make(self.user)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on with the one that the page showed."""
        self.offer = request.POST.get("offer", "")
        try:
            offer_key(self.user, self.offer)
        except BadSignature:
            messages.error(request, "That took too long: here is another secret.")
            return redirect(f"{reverse('factor_set_up')}?{request.GET.urlencode()}")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret, for cameras and for people."""
        key = offer_key(self.user, self.offer)
        shown = {"offer": self.offer, "secret": key_text(key), "picture": key_picture(self.user, key)}
        return super().get_context_data(**shown, **kwargs)

    def code_valid(self, code: str) -> HttpResponse:
        """Set the factor up; this answer is the only one that shows the recovery codes."""
        factor = factor_set_up(self.user, offer_key(self.user, self.offer), code)
        note_code(self.request, factor.device)
        context = {"codes": factor.recovery_codes, "next": self.get_success_url()}
        return render(self.request, "accounts/factor_codes.html", context)


class FactorRemoveView(FactorView):
    """Removes it."""

    template_name = "accounts/factor_remove.html"
    has_one = True

    def code_valid(self, code: str) -> HttpResponse:
        """Look at the code, and remove the factor."""
        code_check(self.request, self.user, code)
        factor_remove(self.user)
        note_none(self.request)
        messages.success(self.request, "Your second factor is removed; everywhere else you are logged out.")
        return redirect("security")
