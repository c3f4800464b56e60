"""Who may change the catalogue."""

from rest_framework.permissions import SAFE_METHODS, DjangoModelPermissionsOrAnonReadOnly
from rest_framework.request import Request
from rest_framework.views import APIView


class ModelPermissionsOrReadOnly(DjangoModelPermissionsOrAnonReadOnly):
    """Anybody may read; to write takes the model's permissions.

    For a read, the framework's own would make the view's query set, only to find that nothing is required.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Say yes to reads at once."""
        return request.method in SAFE_METHODS or super().has_permission(request, view)
