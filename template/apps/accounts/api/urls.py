"""Addresses of the API."""

from django.urls import path

from apps.accounts.api import tokens, users

urlpatterns = [
    path("auth/token/", tokens.TokenPairView.as_view(), name="token-pair"),
    path("auth/token/refresh/", tokens.TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/token/verify/", tokens.TokenVerifyView.as_view(), name="token-verify"),
    path("auth/logout/", tokens.LogoutView.as_view(), name="api-logout"),
    path("auth/api-token/", tokens.ApiTokenView.as_view(), name="api-token"),
    path("auth/signup/", users.SignupView.as_view(), name="api-signup"),
    path("users/", users.UserRegisterView.as_view(), name="user-register"),
    path("users/me/", users.MeView.as_view(), name="me"),
    path("users/me/password/", users.PasswordChangeView.as_view(), name="me-password"),
]
