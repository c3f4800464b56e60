"""Uploaded files, served by Django itself: in development and from the file system only."""

from django.conf import settings
from django.conf.urls.static import static

from stack.storage.views import uploaded

urlpatterns = static(settings.MEDIA_URL, uploaded, document_root=settings.MEDIA_ROOT)
