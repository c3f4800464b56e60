"""Addresses of the pages."""

from django.urls import path

from apps.notifications.views import NotificationsView

urlpatterns = [path("", NotificationsView.as_view(), name="notifications")]
