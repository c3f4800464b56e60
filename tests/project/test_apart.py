"""Several Django projects in one repository."""

from pathlib import Path

import pytest

from tests.project.folder import project

ONE = {
    "shop/manage.py": "",
    "shop/requirements.txt": "Django==6.0\n",
    "shop/site/settings.py": "ROOT_URLCONF = 'x'\n",
}
OTHER = {"blog/manage.py": "", "blog/config/settings.py": "ROOT_URLCONF = 'y'\nDEBUG = True\n"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blog/requirements/base.txt", "django>=5\nredis\n"),
        ("blog/requirements.txt", "redis\ndjango\n"),
        ("blog/pyproject.toml", '[project]\ndependencies = [\n  "Django>=5",\n  "redis",\n]\n'),
        ("blog/pyproject.toml", '[tool.poetry.dependencies]\ndjango = "^6.0"\nredis = "^6"\n'),
    ],
)
def test_another_with_packages_of_its_own_is_left_out_and_told(tmp_path: Path, name: str, text: str) -> None:
    more = {"shop/site/urls.py": "", "shop/site/views.py": ""}
    found = project(tmp_path, {**ONE, **more, **OTHER, name: text, "docker-compose.yml": ""})
    assert [settings.path for settings in found.settings.modules] == ["shop/site/settings.py"]
    assert not found.packages.has("redis") and "docker-compose.yml" in found.files
    assert [str(problem.where) for problem in found.problems] == ["blog/manage.py"]
    assert "`stackyard check blog`" in found.problems[0].fact


@pytest.mark.parametrize(
    "files",
    [
        {**ONE, **OTHER},
        {**ONE, **OTHER, "blog/requirements.txt": "django-environ\n"},
        {**ONE, **OTHER, "blog/docs/requirements.txt": "django\n"},
        {
            "shop/manage.py": "",
            **OTHER,
            "blog/requirements.txt": "django\n",
            "shop/a.py": "",
            "shop/b.py": "",
        },
    ],
)
def test_what_shares_its_packages_is_one_project(tmp_path: Path, files: dict[str, str]) -> None:
    assert not project(tmp_path, files).problems


def test_one_that_is_within_the_first(tmp_path: Path) -> None:
    files = {"manage.py": "", "requirements.txt": "django\n", "examples/manage.py": ""}
    found = project(tmp_path, {**files, "examples/requirements.txt": "django\ncelery\n"})
    assert found.files.paths == ("manage.py", "requirements.txt")


def test_of_many_some_are_named_and_the_others_counted(tmp_path: Path) -> None:
    files = {"manage.py": "", "requirements.txt": "django\n"}
    for number in range(25):
        files |= {f"s{number:02}/manage.py": "", f"s{number:02}/requirements.txt": "django\n"}
    found = project(tmp_path, files)
    assert len(found.problems) == 21 and found.problems[0].fact.startswith("5 more Django projects")
    assert found.files.paths == ("manage.py", "requirements.txt")


def test_what_told_them_apart_is_not_read_again(tmp_path: Path) -> None:
    files = {"manage.py": "", "requirements.txt": "django\n", "blog/manage.py": ""}
    found = project(tmp_path, {**files, "blog/requirements.txt": "django\n"})
    (tmp_path / "requirements.txt").write_text("flask\n", encoding="utf-8")
    assert found.packages.has("django") and not found.packages.has("flask")
    assert found.files.text("blog/requirements.txt") == ""
