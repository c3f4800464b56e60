"""storages-wired."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "stack/cloud/backends/azure.py",
    "storages.backends.azure_storage",
    "elsewhere.azure_storage",
    more=(
        Break("stack/cloud/backends/gcs.py", "storages.backends.gcloud", "elsewhere.gcloud"),
        Break("stack/cloud/backends/s3.py", "storages.backends.s3", "elsewhere.s3"),
        Break("stack/cloud/settings.py", "STORAGES[", "OTHERS["),
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}",
        "DEFAULT_FILE_STORAGE = 'storages.backends.gcloud.GoogleCloudStorage'",
        "if USE_S3:\n    DEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'",
        "STORAGES = {'default': {'BACKEND': env('STORAGE')}}",
        "STORAGES = {'default': {'BACKEND': backend()}}",
        "from elsewhere import *",
        "STORAGES = {'default': {'BACKEND': 'company_storages.Media'}}",
    ],
)
def test_wired_or_not_told(text: str) -> None:
    passes("storages-wired", django(text, "django-storages"))


def test_a_class_of_its_own() -> None:
    own = "from storages.backends.s3boto3 import S3Boto3Storage\nclass Media(S3Boto3Storage):\n    pass\n"
    passes("storages-wired", django("", "django-storages", shop__storages=own))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# DEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'",
        "STORAGES = {'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'}}",
    ],
)
def test_not_wired(text: str) -> None:
    flags("storages-wired", django(text, "django-storages[s3]>=1.14"), "pyproject.toml:4 no storage")
