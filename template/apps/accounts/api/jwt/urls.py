"""Addresses of JSON Web Tokens."""

from django.urls import path

from apps.accounts.api.jwt import views

urlpatterns = [
    path("token/", views.TokenPairView.as_view(), name="token-pair"),
    path("token/refresh/", views.TokenRefreshView.as_view(), name="token-refresh"),
    path("token/verify/", views.TokenVerifyView.as_view(), name="token-verify"),
    path("logout/", views.LogoutView.as_view(), name="api-logout"),
]
