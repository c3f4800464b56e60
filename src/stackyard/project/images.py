"""References to container images."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from packaging.version import InvalidVersion, Version

from stackyard.formats.regexes import regex

_REFERENCE = regex(
    r"^(?P<repository>[^@\s]+?)(?::(?P<tag>[\w][\w.-]{0,127}))?(?:@(?P<digest>[a-z0-9]+:[0-9a-f]{32,}))?$",
    re.ASCII,
)
_OF_POSTGRESQL = regex(r"pg(?P<release>\d+(?:\.\d+)*)", re.IGNORECASE)
_RELEASE = regex(r"(?:^|pg|v|-)(?P<release>\d+(?:\.\d+)*)", re.IGNORECASE)
_KINDS = {
    "postgresql": ("postgres", "postgis", "timescale", "pgvector", "citus", "alloydb"),
    "redis": ("redis", "valkey", "keydb", "dragonfly"),
    "rabbitmq": ("rabbitmq",),
    "kafka": ("kafka", "redpanda"),
    "nginx": ("nginx", "openresty"),
    "python": ("python", "uv", "poetry"),
}
_STOCK = (
    r"(?:[\w.:-]+/(?:\S+/)?(?:library|docker)/|docker\.io/|library/)?"
    r"(?:python|pypy|debian|ubuntu|alpine|fedora|buildpack-deps|almalinux|rockylinux)"
    r"|ghcr\.io/astral-sh/uv|(?:gcr\.io/distroless|cgr\.dev/chainguard)/\S+"
)
_RELEASES = {
    "postgres": "17",  # 18 wants its volume mounted elsewhere
    "redis": "8",
    "valkey/valkey": "8",
    "rabbitmq": "4",
    "nginx": "1.28",
    "python": "3.13",
    "node": "24",
    "ghcr.io/astral-sh/uv": "0.9",
}
_BESIDE = (
    "exporter",
    "commander",
    "insight",
    "admin",
    "kafdrop",
    "console",
    "backup",
    "sentinel",
    "bouncer",
    "akhq",
    "postgrest",
    "connect",
    "rest-proxy",
)
_MOVING = set(
    "latest stable mainline edge lts current main master develop nightly slim alpine management".split()
)
"""What a tag is made of that is another image tomorrow."""


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
        """All before the tag, which may have variables in it."""
        return self._match["repository"] if self._match else re.sub(r":[^:/]*\$[^/]*$", "", self.text)

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
    def is_pinned(self) -> bool:
        """Whether it is the same image tomorrow, or near enough: `latest` is not, nor is `alpine`."""
        return bool(self.digest) or not set((self.tag or "latest").lower().split("-")) <= _MOVING

    @property
    def is_stock(self) -> bool:
        """Whether it is an image of an operating system or of Python, with nothing of a team's own in it."""
        return re.fullmatch(_STOCK, self.repository) is not None

    @property
    def pinned(self) -> str:
        """The same image with a version: one that there is, where that is known, or else a word for it."""
        kept = (self.tag or "").lower().split("-")
        release = _RELEASES.get(self.repository.removeprefix("docker.io/").removeprefix("library/"))
        flavours = ("alpine", "slim", "management")
        flavour = next((f"-{word}" for word in flavours if word in kept), "")
        return f"{self.repository}:{release}{flavour}" if release else f"{self.repository}:VERSION"

    @property
    def version(self) -> Version | None:
        """The version that its tag names; None if it names none."""
        found = _OF_POSTGRESQL.search(self.tag or "")
        if found is None and not re.search(
            "pgvector|timescale|citus", self.name
        ):  # theirs is not the server's
            found = _RELEASE.search(self.tag or "")
        try:
            return Version(found["release"]) if found else None
        except InvalidVersion:
            return None

    @cached_property
    def kind(self) -> str | None:
        """What it runs: postgresql, redis, rabbitmq, kafka, nginx or python; None for all else."""
        name = self.repository.lower()
        if any(word in self.name.lower() for word in _BESIDE) or re.search(r"[-_]ui\b", name):
            return None
        for kind, words in _KINDS.items():
            if any(re.search(rf"(?:^|[/_-]){word}", name) for word in words):
                return kind
        return None
