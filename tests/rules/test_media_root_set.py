"""media-root-set."""

import pytest

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("stack/storage/settings.py", "MEDIA_ROOT = ", "MEDIA_FOLDER = ")


MODEL = {"shop/models.py": "class Product(models.Model):\n    picture = models.ImageField()\n"}


@pytest.mark.parametrize(
    "text",
    [
        "MEDIA_ROOT = BASE_DIR / 'media'",
        "MEDIA_ROOT = env('MEDIA_ROOT')",
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}",
        "DEFAULT_FILE_STORAGE = 'storages.backends.s3boto3.S3Boto3Storage'",
        "from elsewhere import *",
    ],
)
def test_a_place_or_not_told(text: str) -> None:
    passes("media-root-set", django(text) | MODEL)


def test_no_files() -> None:
    passes(
        "media-root-set",
        django("")
        | {
            "shop/models.py": "class Product(models.Model):\n    # picture = models.ImageField()\n    x = 1\n"
        },
    )
    passes("media-root-set", django("") | {"shop/forms.py": "class Upload(Form):\n    file = FileField()\n"})


def test_no_place() -> None:
    flags("media-root-set", django("") | MODEL, "config/settings.py shop/models.py:2 keeps files")
