"""The pages that log in: the password, and the code of who has a second factor."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from apps.accounts.forms import CodeForm, LoginForm
from apps.accounts.models import User
from stack.otp.codes import code_check
from stack.otp.devices import has_factor
from stack.otp.errors import WrongCode
from stack.otp.half import half_begin, half_end, half_user
from stack.otp.verified import is_verified, note_code


class LoginView(auth_views.LoginView):
    """Logs in, or leads to the code; whoever is logged in already, is sent on."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in whose password was right, unless a code is wanted, too."""
        user = form.get_user()
        if not has_factor(user):
            login(self.request, user)
            return HttpResponseRedirect(self.get_success_url())
        half_begin(self.request, user)
        return auth_views.redirect_to_login(self.get_success_url(), reverse("login_code"))


@method_decorator([sensitive_post_parameters("code"), never_cache], name="dispatch")
class LoginCodeView(auth_views.RedirectURLMixin, FormView):  # type: ignore[type-arg]
    """Asks for the code, and logs in; asks those, too, who are logged in and have shown none."""

    form_class = CodeForm
    template_name = "registration/login_code.html"
    next_page = settings.LOGIN_REDIRECT_URL
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Send away those from whom no code is awaited."""
        known, user = request.user, half_user(request)
        if known.is_authenticated:
            if is_verified(request) or not has_factor(known):
                return HttpResponseRedirect(self.get_success_url())
            user = known
        if user is None:
            return auth_views.redirect_to_login(self.get_success_url(), reverse("login"))
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Look at the code."""
        try:
            device = code_check(self.request, self.user, form.cleaned_data["code"])
        except WrongCode as error:
            form.add_error("code", error.detail)
            return self.form_invalid(form)
        if self.request.user.is_authenticated:
            note_code(self.request, device)
        else:
            half_end(self.request, self.user, device)
        return HttpResponseRedirect(self.get_success_url())
