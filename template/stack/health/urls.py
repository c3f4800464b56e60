"""Liveness and readiness, under ``/health/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
