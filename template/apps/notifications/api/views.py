"""Notifications over HTTP."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from apps.notifications import services
from apps.notifications.api.filters import NotificationFilter
from apps.notifications.api.serializers import NotificationSerializer, ReadSerializer, UnreadSerializer
from apps.notifications.models import Notification
from apps.notifications.selectors import notification_list, notifications_unread


class NotificationViewSet(ListModelMixin, GenericViewSet[Notification]):
    """A user's own notifications; nobody else's exist here."""

    serializer_class = NotificationSerializer
    filterset_class = NotificationFilter

    def get_queryset(self) -> QuerySet[Notification]:
        """Return the user's own: newest first, or oldest first after a number."""
        return notification_list(self.request.user, after="after" in self.request.query_params)

    @extend_schema(request=ReadSerializer, responses=UnreadSerializer, filters=False)
    @action(methods=["post"], detail=False, pagination_class=None)
    def read(self, request: Request) -> Response:
        """Note that the user has read everything up to a number."""
        serializer = ReadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        assert request.user.is_authenticated  # the permission class has seen to it; this is for mypy
        services.notifications_read(request.user.pk, serializer.validated_data["up_to"])
        return Response({"unread": notifications_unread(request.user)})
