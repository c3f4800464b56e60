"""Addresses of the API."""

from django.urls import path

from apps.accounts.api import logins, tokens, users

urlpatterns = [
    path("auth/api-token/", tokens.ApiTokenView.as_view(), name="api-token"),
    path("auth/signup/", users.SignupView.as_view(), name="api-signup"),
    path("users/", users.UserRegisterView.as_view(), name="user-register"),
    path("users/me/", users.MeView.as_view(), name="me"),
    path("users/me/data/", users.DataView.as_view(), name="me-data"),
    path("users/me/logins/", logins.LoginsView.as_view(), name="me-logins"),
    path("users/me/logins/<uuid:id>/", logins.LoginView.as_view(), name="me-login"),
    path("users/me/password/", users.PasswordChangeView.as_view(), name="me-password"),
]
