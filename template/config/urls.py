"""Every address of the project, in one page."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

api_v1 = [
    path("", include("apps.accounts.api.urls")),
    path("auth/", include("apps.accounts.api.jwt.urls")),  # stack: jwt
    path("", include("apps.pictures.api.urls")),  # stack: pictures
    # stack: if shop
    path("", include("apps.catalog.api.urls")),
    path("", include("apps.notifications.api.urls")),
    path("", include("apps.orders.api.urls")),
    # stack: end
    path("", include("apps.insights.api.urls")),  # stack: shop and streaming
]

urlpatterns = [
    path("", TemplateView.as_view(template_name="landing.html"), name="landing"),
    path("accounts/", include("apps.accounts.urls")),
    path("notifications/", include("apps.notifications.urls")),  # stack: shop
    path(settings.ADMIN_PATH, admin.site.urls),
    path("api/", include("stack.openapi.urls")),
    path("api/v1/", include(api_v1)),
    path("", include("stack.storage.urls")),
    path("", include("stack.development.urls")),
]

handler400 = "stack.rest.handlers.bad_request"
handler403 = "stack.rest.handlers.permission_denied"
handler404 = "stack.rest.handlers.not_found"
handler500 = "stack.rest.handlers.server_error"
