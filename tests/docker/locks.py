"""What a container of production may not do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.docker.stack import service_of


def assert_locked_down(container: dict[str, Any], *, rights: Sequence[str] = ()) -> None:
    """Insist on a file system that can't be written to, no way to further rights, and limits.

    Args:
        container: As the engine describes it.
        rights: The capabilities that it may have.
    """
    host, name = container["HostConfig"], service_of(container)
    assert host["ReadonlyRootfs"], name
    assert host["CapDrop"] == ["ALL"], name
    assert [right.removeprefix("CAP_") for right in host["CapAdd"] or []] == list(rights), name
    assert "no-new-privileges:true" in host["SecurityOpt"], name
    assert not host["Privileged"], name
    assert 0 < host["PidsLimit"] <= 300, name
    assert 0 < host["Memory"] <= 2**30, name
    assert host["NanoCpus"] > 0, name
    sources = {mount["Source"] for mount in container["Mounts"]}
    assert not any(source.endswith("docker.sock") for source in sources), name
