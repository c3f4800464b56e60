"""Uploaded files, served by Django itself: in development and from the file system only."""

from django.conf import settings
from django.conf.urls.static import static

urlpatterns = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
