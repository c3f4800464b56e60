"""Where a template is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackyard.errors import UserError
from stackyard.scaffold import template


def test_a_version_is_refused_when_the_tool_does_not_know_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(template, "installed", lambda: template.Template(tmp_path, None, None))

    with pytest.raises(UserError, match="Version v1 of the template") as caught, template.opened(None, "v1"):
        pass
    assert "--template" in caught.value.remedy
