"""`stackyard add` and `remove`: a capability comes and goes, and what the user wrote stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from stackyard.commands.update import change_capability
from stackyard.errors import UserError
from tests.template_versions import Recorder, commit, files_of, make_project


@pytest.fixture(name="original", scope="module")
def _original(versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("original") / "project", versions, "v5", preset="minimal")


@pytest.fixture(name="project")
def _project(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "project"))


def switched(project: Path, name: str, wanted: bool) -> Recorder:
    output = Recorder()
    change_capability(project, name, wanted, output)
    commit(project, name)
    return output


def answers_of(project: Path) -> dict[str, object]:
    content = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("redis", "redis", True),
        ("jwt", "jwt", True),
        pytest.param("pictures", "pictures", True, marks=pytest.mark.matrix),
        ("celery", "queue", "redis"),
        ("rabbitmq", "queue", "rabbitmq"),
        ("aws", "cloud", "aws"),
        pytest.param("gcp", "cloud", "gcp", marks=pytest.mark.matrix),
        pytest.param("azure", "cloud", "azure", marks=pytest.mark.matrix),
        pytest.param("aws_secrets", "secrets", "aws", marks=pytest.mark.matrix),
        ("vault", "secrets", "vault"),
        ("sentry", "monitoring", ["sentry"]),
        ("prometheus", "monitoring", ["prometheus"]),
        pytest.param("opentelemetry", "monitoring", ["opentelemetry"], marks=pytest.mark.matrix),
    ],
)
def test_what_is_added_and_removed_leaves_the_same_tree(
    project: Path, name: str, question: str, answer: object
) -> None:
    before, commit_before = files_of(project), answers_of(project)["_commit"]

    switched(project, name, True)
    assert answers_of(project)[question] == answer and answers_of(project)["_commit"] == commit_before
    assert files_of(project).keys() >= before.keys() and files_of(project) != before

    switched(project, name, False)
    assert files_of(project) == before


def test_the_shop_comes_when_all_it_needs_is_there_and_goes_again(project: Path) -> None:
    for name in ("redis", "celery", "events", "pictures"):
        switched(project, name, True)
    before = files_of(project)

    switched(project, "shop", True)
    assert (project / "apps/catalog").is_dir()
    switched(project, "shop", False)
    assert files_of(project) == before


def test_realtime_comes_when_redis_is_there_and_goes_again(project: Path) -> None:
    with pytest.raises(UserError, match="WebSockets need Redis"):
        change_capability(project, "realtime", True, Recorder())
    switched(project, "redis", True)
    before = files_of(project)

    switched(project, "realtime", True)
    assert "channels-redis" in (project / "poetry.lock").read_text(encoding="utf-8")
    assert (project / "stack/websockets").is_dir() and not (project / "stack/websockets/bearer.py").exists()
    switched(project, "realtime", False)
    assert files_of(project) == before


def test_streams_come_when_there_are_events_and_go_again(project: Path) -> None:
    with pytest.raises(UserError, match="Streams carry events"):
        change_capability(project, "streaming", True, Recorder())
    switched(project, "events", True)
    before = files_of(project)

    switched(project, "streaming", True)
    assert "confluent-kafka" in (project / "poetry.lock").read_text(encoding="utf-8")
    assert (project / "stack/kafka").is_dir() and not (project / "apps/insights").exists()
    switched(project, "streaming", False)
    assert files_of(project) == before


def test_what_i_wrote_into_a_capability_s_file_stays(project: Path) -> None:
    switched(project, "jwt", True)
    (mine,) = [path for path in files_of(project) if path.startswith("stack/jwt/settings")]
    (project / mine).write_bytes((project / mine).read_bytes() + b"MINE = 1\n")
    commit(project, "edit")

    output = switched(project, "jwt", False)

    assert output.paths("kept") == {mine} and b"MINE = 1\n" in (project / mine).read_bytes()


def test_a_combination_that_is_refused_is_refused_with_the_question_s_reason(project: Path) -> None:
    before = files_of(project)

    with pytest.raises(UserError, match="The shop needs Redis"):
        change_capability(project, "shop", True, Recorder())
    assert files_of(project) == before


def test_an_unknown_capability_names_those_there_are(project: Path) -> None:
    switched(project, "gcp", True)

    with pytest.raises(UserError, match=r"'kafka'.*redis \(off\).*celery \(off\).*gcp \(on\)") as caught:
        change_capability(project, "kafka", True, Recorder())
    assert "everything" not in caught.value.remedy and "preset" not in caught.value.remedy


@pytest.mark.parametrize(("name", "wanted"), [("jwt", False), ("banner", True)])
def test_what_is_so_already_changes_nothing(project: Path, name: str, wanted: bool) -> None:
    before = files_of(project)
    output = Recorder()

    assert change_capability(project, name, wanted, output) == 0
    assert files_of(project) == before and "already" in output.said[-1]
