"""Images that stand on one that another Dockerfile builds."""

from pathlib import Path

import pytest

from tests.project.folder import project

BASE = "FROM python:3.13-slim AS below\nRUN useradd app\nUSER app\nFROM below AS rest\nRUN true\n"
TOP = 'FROM shop-base:1 AS top\nCOPY . .\nFROM top\nCMD ["gunicorn"]\n'


OF_COMPOSE = "services:\n  b:\n    image: shop-base:1\n    build: {context: ., dockerfile: base/Dockerfile}\n"
OF_CI = "jobs:\n  x:\n    steps:\n      - run: docker buildx build base -t shop-base -f ./base/Dockerfile\n"


@pytest.mark.parametrize(
    "more",
    [
        {"compose.yml": OF_COMPOSE},
        {"Makefile": "base:\n\tdocker build --pull -t shop-base:1 -f base/Dockerfile .\n"},
        {"scripts/build.sh": "docker build \\\n  --tag=shop-base:latest \\\n  base\n"},
        {".github/workflows/x.yml": OF_CI},
    ],
)
def test_a_base_of_one_s_own(tmp_path: Path, more: dict[str, str]) -> None:
    checked = project(tmp_path, {"base/Dockerfile": BASE, "Dockerfile": TOP, **more})
    (image,) = checked.app_images
    assert image.dockerfile.path == "Dockerfile"
    assert [stage.name for stage in image.stage.lineage] == ["below", "rest", "top", "1"]
    assert image.stage.base.text == "python:3.13-slim"


def test_a_base_of_others(tmp_path: Path) -> None:
    files = {"base/Dockerfile": BASE, "Dockerfile": TOP, "Makefile": "x:\n\tdocker build -t other base\n"}
    last = project(tmp_path, files).dockerfiles[0].final
    assert last.base.text == "shop-base:1" and len(last.lineage) == 2


def test_files_that_stand_on_each_other_end(tmp_path: Path) -> None:
    make = "x:\n\tdocker build -t a -f a.Dockerfile . && docker build -t b -f b.Dockerfile .\n"
    files = {"a.Dockerfile": "FROM b\n", "b.Dockerfile": "FROM a\n", "Makefile": make}
    assert all(len(item.final.lineage) == 2 for item in project(tmp_path, files).dockerfiles)


def test_an_image_that_starts_something_is_deployed_whatever_stands_on_it(tmp_path: Path) -> None:
    files = {
        "Dockerfile": 'FROM python:3.13\nCMD ["gunicorn"]\n',
        "worker/Dockerfile": 'FROM shop\nCMD ["celery"]\n',
        "Dockerfile.test": "FROM shop\nRUN pip install pytest\n",
        "Makefile": "x:\n\tdocker build -t shop .\n",
    }
    paths = [image.dockerfile.path for image in project(tmp_path, files).app_images]
    assert paths == ["Dockerfile", "worker/Dockerfile"]
