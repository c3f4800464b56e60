"""ci-runs-tests."""

import pytest

from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(
    ".github/workflows/ci.yml",
    "run: docker compose exec -T web pytest -n auto --cov",
    "run: docker compose exec -T web python --version",
    (Break(".github/workflows/security.yml", "run: poetry run pytest tests/supply_chain", "run: 'true'"),),
)

TESTS = {"tests/test_home.py": "def test_home(client): ...\n"}
COMPOSE = "services:\n  test: {build: ., command: pytest -q}\n  web: {build: ., command: gunicorn x}\n"


def workflow(*commands: str, **files: str) -> dict[str, str]:
    steps = "".join(f"      - run: {command}\n" for command in commands)
    text = f"on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n{steps}"
    return {**TESTS, ".github/workflows/ci.yml": text, **files}


@pytest.mark.parametrize(
    "command",
    [
        "pytest",
        "poetry run pytest -q --cov",
        "python -m pytest tests",
        "poetry run python manage.py test --parallel",
        "cd backend && ./manage.py test",
        "coverage run --source=apps manage.py test",
        "poetry run coverage run -m pytest",
        "docker compose -f docker-compose.test.yml run --rm web pytest --no-header",
        "docker-compose run django pytest",
        'docker compose exec -T web bash -c "cd /app && pytest"',
        "timeout 600 pytest",
        "$POETRY run pytest",
        "DEBUG=0 uv run --frozen pytest",
        ".venv/bin/pytest",
    ],
)
def test_the_tests_are_run(command: str) -> None:
    passes("ci-runs-tests", workflow(command))


@pytest.mark.parametrize(
    ("command", "path", "text"),
    [
        ("make ci", "Makefile", "ci: lint test\n\nlint:\n\tblack .\n\ntest:\n\t@$(POETRY) run pytest\n"),
        ("make -C backend test", "backend/Makefile", "RUN := poetry run\ntest: ## tests\n\t$(RUN) pytest\n"),
        ("just test", "justfile", "test *args:\n    poetry run pytest {{args}}\n"),
        ("task test", "Taskfile.yml", "tasks:\n  test:\n    cmds:\n      - poetry run pytest\n"),
        (
            "tox",
            "tox.ini",
            "[testenv]\ndeps = poetry\ncommands =\n    poetry install\n    poetry run pytest {posargs}\n",
        ),
        (
            "tox -e py313",
            "pyproject.toml",
            '[tool.tox]\nlegacy_tox_ini = """\n[testenv]\ncommands = pytest\n"""\n',
        ),
        ("nox -s tests", "noxfile.py", 'def tests(session):\n    session.run("pytest", "-q")\n'),
        ("invoke tests", "tasks.py", '@task\ndef tests(c):\n    c.run("pytest -q")\n'),
        ("poetry run poe test", "pyproject.toml", '[tool.poe.tasks]\ntest = "pytest -q"\n'),
        ("./scripts/test", "scripts/test", "#!/bin/sh\nset -e\npytest\n"),
        ("bash scripts/ci.sh unit", "scripts/ci.sh", "#!/bin/bash\nif true; then\n  pytest\nfi\n"),
        (
            "./run ci:test",
            "run",
            '#!/bin/bash\nfunction cmd {\n  docker compose exec web "${@}"\n}\nfunction manage {\n'
            '  cmd python manage.py "${@}"\n}\nfunction ci:test {\n  manage test\n}\ntime "${@:-help}"\n',
        ),
        ("docker compose run test", "docker-compose.yml", COMPOSE),
        ("docker compose -f ci/compose.yml up", "ci/compose.yml", COMPOSE),
        (
            "pre-commit run --all-files",
            ".pre-commit-config.yaml",
            "repos:\n- hooks:\n  - {id: t, entry: pytest}\n",
        ),
    ],
)
def test_the_tests_are_run_by_what_is_called(command: str, path: str, text: str) -> None:
    passes("ci-runs-tests", workflow(command, **{path: text}))


@pytest.mark.parametrize(
    "command",
    [
        "pip install pytest",
        "poetry add --group dev pytest",
        "poetry run black --check . # pytest",
        "echo pytest",
        "rm -rf .pytest_cache",
        "cat pytest.ini",
        "docker compose run web gunicorn",
    ],
)
def test_a_word_is_no_run(command: str) -> None:
    flags("ci-runs-tests", workflow(command), ".github/workflows/ci.yml CI does not run the tests")


def test_what_is_called_does_not_run_them() -> None:
    make = "test:\n\tpytest\n\nlint:\n\tblack --check .  # not pytest\n"
    flags(
        "ci-runs-tests",
        workflow("make lint", Makefile=make),
        ".github/workflows/ci.yml CI does not run the tests",
    )


@pytest.mark.parametrize("command", ["make test", "tox", "just ci"])
def test_a_tool_whose_files_are_not_there_is_not_known(command: str) -> None:
    passes("ci-runs-tests", workflow(command))


@pytest.mark.parametrize(
    "command", ["./tools/test-backend", "python runtests.py", "python -m unittest", "hatch test"]
)
def test_a_runner_of_ones_own_is_not_known(command: str) -> None:
    script = "#!/usr/bin/env python3\nimport runner\n\nrunner.go()\n"
    passes("ci-runs-tests", workflow(command, **{"tools/test-backend": script, "runtests.py": script}))


def test_a_shells_own_test_runs_none() -> None:
    files = workflow("test -f .env || cp .env.example .env")
    flags("ci-runs-tests", files, ".github/workflows/ci.yml CI does not run the tests")


def test_jobs_of_an_orb_are_not_known() -> None:
    text = "orbs:\n  python: circleci/python@4.0.0\nworkflows:\n  main:\n    jobs: [python/test]\n"
    passes("ci-runs-tests", {**TESTS, ".circleci/config.yml": text})


def test_another_repositorys_pipeline_is_not_known() -> None:
    text = "on: push\njobs:\n  test:\n    uses: our-org/pipelines/.github/workflows/django.yml@v2\n"
    passes("ci-runs-tests", {**TESTS, ".github/workflows/ci.yml": text})


@pytest.mark.parametrize("name", ["Jenkinsfile", ".buildkite/pipeline.yml"])
def test_a_pipeline_that_is_not_read_is_not_known(name: str) -> None:
    passes("ci-runs-tests", {**TESTS, name: "x: y\n"})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            ".gitlab-ci.yml",
            "test:\n  image: python:3.13\n  script:\n    - poetry install\n    - poetry run pytest\n",
        ),
        (
            ".circleci/config.yml",
            "jobs:\n  test:\n    steps:\n      - run:\n          name: t\n          command: pytest\n",
        ),
        (
            "bitbucket-pipelines.yml",
            "pipelines:\n  default:\n    - step:\n        script:\n          - pytest\n",
        ),
    ],
)
def test_other_services_pass(path: str, text: str) -> None:
    passes("ci-runs-tests", {**TESTS, path: text})


def test_no_pipeline_at_all() -> None:
    (finding,) = findings("ci-runs-tests", TESTS)
    assert finding.fact == "no CI runs the tests: there is none"


def test_without_tests_nothing_is_asked() -> None:
    passes("ci-runs-tests", {"manage.py": ""})


@pytest.mark.parametrize(
    "command", ["python -m manage test", "coverage run --source=. --module manage test -v2"]
)
def test_manage_as_a_module(command: str) -> None:
    passes("ci-runs-tests", workflow(command))


@pytest.mark.parametrize(
    "command", ["pnpm nx run backend:test", "npx turbo run test", "bazel test //...", "earthly +test"]
)
def test_a_runner_of_targets_that_is_not_understood(command: str) -> None:
    passes("ci-runs-tests", workflow(command))


def test_a_script_of_package_json() -> None:
    scripts = '{"scripts": {"test:api": "docker compose run --rm api pytest", "lint": "eslint ."}}'
    passes("ci-runs-tests", workflow("pnpm run test:api", **{"api/package.json": scripts}))
    flags(
        "ci-runs-tests",
        workflow("pnpm run lint", **{"api/package.json": scripts}),
        ".github/workflows/ci.yml does not run",
    )
    passes("ci-runs-tests", workflow("pytest", **{"package.json": "{"}))
