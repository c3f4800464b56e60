"""References to container images."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from packaging.version import InvalidVersion, Version

_REFERENCE = re.compile(
    r"^(?P<repository>[^@\s]+?)(?::(?P<tag>[\w][\w.-]{0,127}))?(?:@(?P<digest>[a-z0-9]+:[0-9a-f]{32,}))?$",
    re.ASCII,
)
_RELEASE = re.compile(r"(?:^|pg|v|-)(?P<release>\d+(?:\.\d+)*)", re.IGNORECASE)
_KINDS = {
    "postgresql": ("postgres", "postgis", "timescale", "pgvector", "supabase", "citus", "alloydb"),
    "redis": ("redis", "valkey", "keydb", "dragonfly"),
    "rabbitmq": ("rabbitmq",),
    "kafka": ("kafka", "redpanda"),
    "nginx": ("nginx", "openresty"),
    "python": ("python", "uv", "poetry"),
}
_BESIDE = (
    "exporter",
    "commander",
    "insight",
    "admin",
    "ui",
    "kafdrop",
    "console",
    "backup",
    "sentinel",
    "bouncer",
    "akhq",
)


@dataclass(frozen=True)
class Image:
    """A reference to an image, such as `docker.io/library/postgres:16-alpine`.

    Attributes:
        text: The reference, as far as its variables are known.
    """

    text: str

    @cached_property
    def _match(self) -> re.Match[str] | None:
        return _REFERENCE.match(self.text)

    @property
    def repository(self) -> str:
        """All before the tag."""
        return self._match["repository"] if self._match else self.text

    @property
    def name(self) -> str:
        """The last part of the repository."""
        return self.repository.rpartition("/")[2]

    @property
    def tag(self) -> str | None:
        """The tag; None if it has none."""
        return self._match["tag"] if self._match else None

    @property
    def digest(self) -> str | None:
        """The digest; None if it has none."""
        return self._match["digest"] if self._match else None

    @property
    def is_known(self) -> bool:
        """Whether all of it is: no variable is left in it."""
        return "$" not in self.text and self._match is not None

    @property
    def version(self) -> Version | None:
        """The version that its tag names; None if it names none."""
        found = _RELEASE.search(self.tag or "")
        try:
            return Version(found["release"]) if found else None
        except InvalidVersion:
            return None

    @property
    def kind(self) -> str | None:
        """What it runs: postgresql, redis, rabbitmq, kafka, nginx or python; None for all else."""
        name = self.repository.lower()
        if any(word in self.name.lower() for word in _BESIDE):
            return None
        for kind, words in _KINDS.items():
            if any(re.search(rf"(?:^|[/_-]){word}", name) for word in words):
                return kind
        return None
