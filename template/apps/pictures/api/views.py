"""Profile pictures over HTTP."""

from typing import cast

from django.db import transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.pictures.api.serializers import PictureSerializer, PictureWriteSerializer
from apps.pictures.models import Picture
from apps.pictures.services import picture_remove, picture_set
from apps.pictures.tasks import picture_thumbnail_make
from stack.images.parsers import PictureParser


class PictureView(GenericAPIView[Picture]):
    """One's picture."""

    parser_classes = [PictureParser]
    serializer_class = PictureSerializer

    def get(self, request: Request) -> Response:
        """Show one's picture; its thumbnail is null while there is none."""
        picture = Picture.objects.filter(user=self._user).first()
        return Response(self.get_serializer(picture or Picture()).data)

    @extend_schema(request={"multipart/form-data": PictureWriteSerializer})
    def put(self, request: Request) -> Response:
        """Upload a JPEG, PNG or WebP of at most 5 MiB and 16, 12 or 7 megapixels; a thumbnail follows."""
        serializer = PictureWriteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():  # so that the picture stays when the task can't be sent
            picture = picture_set(self._user, serializer.validated_data["picture"])
            picture_thumbnail_make.enqueue(picture.pk)
        return Response(self.get_serializer(picture).data)

    @extend_schema(request=None, responses={204: OpenApiResponse(description="Removed.")})
    def delete(self, request: Request) -> Response:
        """Remove one's picture."""
        picture_remove(self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @property
    def _user(self) -> User:
        return cast(User, self.request.user)  # the permission let nobody else through
