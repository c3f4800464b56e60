"""JSON Web Tokens as JSON."""

from typing import Any

from rest_framework import serializers

from stack.rest.serializers import StrictSerializer


class TokenPairSerializer(serializers.Serializer[Any]):
    """A token for access, and one that gets the next pair."""

    access = serializers.CharField()
    refresh = serializers.CharField()


class RefreshSerializer(StrictSerializer):
    """A refresh token."""

    refresh = serializers.CharField(write_only=True)
