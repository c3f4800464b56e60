"""What looks like a secret."""

import pytest

from stackyard.project.secrets import is_secret_name, looks_real


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DB_PASSWORD", "PGPASSWORD", "STRIPE_API_KEY", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY"],
)
def test_a_name(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY_FILE",
        "PASSWORD_RESET_TIMEOUT",
        "TOKEN_LIFETIME_DAYS",
        "TOKENIZER",
        "COMPASS",
        "PASSENGERS",
        "KEY",
        "AWS_ACCESS_KEY_ID",
    ],
)
def test_no_name(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "value",
    ["hunter2", "password123456789", "changeme-1234567890", "0123456789abcdef0123456789abcdef", "build", ""],
)
def test_a_value_that_is_none(value: str) -> None:
    assert not looks_real("SECRET_KEY", value)


def test_a_random_text_counts_by_its_name() -> None:
    assert looks_real("SECRET_KEY", "hV3sd9Xk2mQp7LzW4nRt8Yc1")
    assert not looks_real("GIT_COMMIT", "hV3sd9Xk2mQp7LzW4nRt8Yc1")
