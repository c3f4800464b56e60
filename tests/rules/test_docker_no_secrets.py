"""docker-no-secrets."""

import pytest

from tests.rules.repo import Break, flags, passes

KEY = "hV3sd9Xk2mQp7LzW4nRt8Yc1"
BREAK = Break(
    "Dockerfile",
    "ENV MEDIA_ROOT=/var/lib/app/media \\\n",
    f"ENV MEDIA_ROOT=/var/lib/app/media \\\n    JWT_SIGNING_KEY={KEY} \\\n",
)


def dockerfile(body: str) -> dict[str, str]:
    return {"Dockerfile": f'FROM python:3.13 AS runtime\n{body}CMD ["gunicorn"]\n'}


@pytest.mark.parametrize(
    "body",
    [
        "ENV SECRET_KEY=build\n",
        "ENV SECRET_KEY=not-a-real-key-1234567890\n",
        "ARG SECRET_KEY=dummy-value-for-collectstatic-1\n",
        "ENV DATABASE_URL=postgres://postgres:postgres@db:5432/app\n",
        "ENV SECRET_KEY=\n",
        "ARG GIT_COMMIT=0123456789abcdef0123456789abcdef01234567\n",
        "ENV SECRET_KEY_FILE=/run/secrets/a1b2c3d4e5f6g7h8\n",
        "ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305\n",
        "ARG STATIC_URL\nENV STATIC_URL=${STATIC_URL}\n",
        f"RUN SECRET_KEY={KEY} python manage.py collectstatic\n",
    ],
)
def test_what_is_no_secret_passes(body: str) -> None:
    passes("docker-no-secrets", dockerfile(body))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (f"ENV SECRET_KEY={KEY}\n", "ENV SECRET_KEY"),
        (f"ENV SECRET_KEY {KEY}\n", "ENV SECRET_KEY"),
        (f"ARG DB_PASSWORD={KEY}\n", "ARG DB_PASSWORD"),
        (f"ENV DATABASE_URL=postgres://app:{KEY}@db.example.com/app\n", "ENV DATABASE_URL"),
        ("ENV AWS_ACCESS_KEY_ID=AKIA" + "Q3EGWZ5T7RNYB2KD\n", "ENV AWS_ACCESS_KEY_ID"),
        ("ENV SECRET_KEY='django-insecure-x9$k2m!p7lzw4nrt8yc1v5b0q3e6u8i2o4a7s'\n", "ENV SECRET_KEY"),
    ],
)
def test_a_value_that_looks_real(body: str, name: str) -> None:
    flags("docker-no-secrets", dockerfile(body), f"Dockerfile:2 {name} has a secret's value")


def test_an_argument_that_stays() -> None:
    body = "ARG SECRET_KEY\nENV DJANGO_SECRET_KEY=${SECRET_KEY}\n"
    flags("docker-no-secrets", dockerfile(body), "Dockerfile:3 keeps the build argument SECRET_KEY")


def test_an_argument_with_a_default_passes() -> None:
    passes("docker-no-secrets", dockerfile("ARG SECRET_KEY=build\nENV SECRET_KEY=${SECRET_KEY}\n"))


def test_an_argument_of_a_builder_does_not_stay() -> None:
    builder = "FROM python:3.13 AS builder\nARG TOKEN\nENV PIP_TOKEN=$TOKEN\nRUN pip install x\n"
    passes("docker-no-secrets", {"Dockerfile": f"{builder}FROM python:3.13\nCOPY --from=builder /v /v\n"})
