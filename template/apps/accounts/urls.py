"""Addresses of the pages, by the names that Django gives them."""

from django.contrib.auth import views as auth_views
from django.urls import path
from django.views.generic import TemplateView

from apps.accounts.views import factors, login, passwords, security, signup

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("login/code/", login.LoginCodeView.as_view(), name="login_code"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    path("signup/", signup.SignupView.as_view(), name="signup"),
    path("signup/done/", TemplateView.as_view(template_name="accounts/signup_done.html"), name="signup_done"),
    path("signup/<token>/", signup.SignupConfirmView.as_view(), name="signup_confirm"),
    path("password_change/", passwords.PasswordChangeView.as_view(), name="password_change"),
    path("password_change/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("password_reset/", passwords.PasswordResetView.as_view(), name="password_reset"),
    path("password_reset/done/", auth_views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "reset/<uidb64>/<token>/", passwords.PasswordResetConfirmView.as_view(), name="password_reset_confirm"
    ),
    path("reset/done/", auth_views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("security/", security.SecurityView.as_view(), name="security"),
    path("security/factor/", factors.FactorSetUpView.as_view(), name="factor_set_up"),
    path("security/factor/remove/", factors.FactorRemoveView.as_view(), name="factor_remove"),
]
