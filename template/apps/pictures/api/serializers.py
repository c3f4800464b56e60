"""Profile pictures as JSON, and as files."""

from typing import ClassVar

from rest_framework import serializers

from apps.pictures.models import Picture
from stack.images import ImageLimits
from stack.rest.serializers import StrictSerializer


class PictureSerializer(serializers.ModelSerializer[Picture]):
    """A picture as others may see it."""

    thumbnail = serializers.ImageField(read_only=True, allow_null=True)

    class Meta:
        """The columns shown."""

        model = Picture
        fields: ClassVar = ("thumbnail",)


class PictureWriteSerializer(StrictSerializer):
    """An uploaded picture."""

    # Not an ImageField: that one opens the file with each of Pillow's forty formats, before any limit.
    picture = serializers.FileField(validators=[ImageLimits()])
