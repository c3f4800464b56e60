"""aws-secrets-used."""

import pytest

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/environment/stores/aws.py", new=None, more=(Break("stack/cloud/backends/s3.py", new=None),)
)

FILES = {
    "pyproject.toml": '[tool.poetry.dependencies]\nboto3 = "^1"\n',
    "shop/settings.py": "INSTALLED_APPS = []\n",
}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/secrets.py", "import boto3\n"),
        ("shop/secrets.py", "def read():\n    from boto3 import thing\n"),
        (
            "shop/settings.py",
            'INSTALLED_APPS = []\nSTORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
        ),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nboto3 = "^1"\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nboto3 = "^1"\ndjango-storages = "^1"\n'),
    ],
)
def test_it_is_used_or_not_there(path: str, text: str) -> None:
    passes("aws-secrets-used", {**FILES, path: text})


@pytest.mark.parametrize(("path", "text"), [("a.py", "# import boto3\n"), ("tests/a.py", "import boto3\n")])
def test_it_is_not(path: str, text: str) -> None:
    flags("aws-secrets-used", {**FILES, path: text}, "pyproject.toml:2 boto3 is installed, and nothing")
