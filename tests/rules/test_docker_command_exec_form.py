"""docker-command-exec-form."""

import pytest

from stackyard.checking.fixing import edited
from tests.rules.repo import Break, findings, flags, passes

BREAK = Break(
    "Dockerfile",
    'CMD ["gunicorn", "-c", "stack/gunicorn/conf.py", "config.wsgi:application"]',
    "CMD gunicorn -c stack/gunicorn/conf.py config.wsgi:application",
)


def dockerfile(command: str) -> dict[str, str]:
    return {"Dockerfile": f"FROM python:3.13\n{command}\n"}


@pytest.mark.parametrize(
    "command",
    [
        'CMD ["gunicorn", "config.wsgi"]',
        "CMD exec gunicorn --bind :$PORT config.wsgi",
        'CMD ["sh", "-c", "python manage.py migrate && exec gunicorn config.wsgi"]',
        'CMD ["sh", "-c", "gunicorn --bind :$PORT config.wsgi"]',
        'ENTRYPOINT ["/entrypoint.sh"]',
        "ENTRYPOINT []",
        'HEALTHCHECK CMD curl -f http://localhost/\nCMD ["gunicorn"]',
    ],
)
def test_a_server_that_gets_signals_passes(command: str) -> None:
    passes("docker-command-exec-form", dockerfile(command))


@pytest.mark.parametrize(
    "command",
    [
        "CMD gunicorn config.wsgi",
        "CMD gunicorn --bind :$PORT config.wsgi",
        "ENTRYPOINT ./entrypoint.sh",
        'CMD ["bash", "-c", "python manage.py migrate && gunicorn config.wsgi"]',
    ],
)
def test_a_shell_between(command: str) -> None:
    flags("docker-command-exec-form", dockerfile(command), "Dockerfile:2 in a shell")


@pytest.mark.parametrize(
    ("command", "after"),
    [
        (
            "CMD gunicorn  --bind 0.0.0.0:8000 config.wsgi",
            'CMD ["gunicorn", "--bind", "0.0.0.0:8000", "config.wsgi"]',
        ),
        ("ENTRYPOINT ./entrypoint.sh", 'ENTRYPOINT ["./entrypoint.sh"]'),
    ],
)
def test_the_fix(command: str, after: str) -> None:
    files = dockerfile(command)
    (edit,) = findings("docker-command-exec-form", files)[0].edits
    assert edited(files["Dockerfile"], edit) == dockerfile(after)["Dockerfile"]
    passes("docker-command-exec-form", dockerfile(after))


@pytest.mark.parametrize(
    "command",
    [
        "CMD gunicorn --bind :$PORT config.wsgi",
        "CMD A=b gunicorn config.wsgi",
        "CMD migrate && gunicorn config.wsgi",
        'CMD gunicorn "config.wsgi"',
        "CMD gunicorn \\\n  config.wsgi",
        'SHELL ["/bin/bash", "-c"]\nCMD gunicorn config.wsgi',
        'ENTRYPOINT ./entrypoint.sh\nCMD ["gunicorn"]',
    ],
)
def test_what_a_shell_is_needed_for_is_not_fixed(command: str) -> None:
    (finding,) = findings("docker-command-exec-form", dockerfile(command))
    assert not finding.edits
