"""Addresses of the API."""

from django.urls import path

from apps.pictures.api.views import PictureView

urlpatterns = [path("users/me/picture/", PictureView.as_view(), name="me-picture")]
