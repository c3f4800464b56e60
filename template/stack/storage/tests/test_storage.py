"""Files go to the folder that the environment names."""

from pathlib import Path

import pytest
from django.test import RequestFactory

from stack.storage.tests.files import CONTENT, ROUND_TRIP, django
from stack.storage.views import uploaded


@pytest.mark.proves("filesystem-storage")
def test_the_file_system_keeps_files(tmp_path: Path) -> None:
    name = django(ROUND_TRIP, MEDIA_ROOT=str(tmp_path))
    assert [path.name for path in tmp_path.rglob("*.txt")] == [Path(name).name]
    assert (tmp_path / name).read_text() == CONTENT


@pytest.mark.asvs("3.2.1")
@pytest.mark.django_db  # whose connection the end of an answer looks after
def test_what_users_have_uploaded_is_never_run(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<script>alert(1)</script>")
    answer = uploaded(RequestFactory().get("/"), "page.html", str(tmp_path))
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-site"
    answer.close()
