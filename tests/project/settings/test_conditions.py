"""Conditions whose words tell whether they hold in production."""

import pytest

from stackyard.project.settings.conditions import holds


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "not DEBUG",
        "not (DEBUG)",
        "DEBUG == False",
        "ENVIRONMENT == 'production'",
        "'production' == ENV",
        "ENVIRONMENT != 'development'",
        "ENV not in ('local', 'test')",
        "os.environ.get('ENVIRONMENT', 'local') == 'prod'",
        "IS_PRODUCTION or USE_S3",
        "ENV == 'prod' and not DEBUG",
        "'test' not in sys.argv",
    ],
)
def test_what_holds_in_production(condition: str) -> None:
    assert holds(condition) is True


@pytest.mark.parametrize(
    "condition",
    [
        "DEBUG",
        "settings.DEBUG",
        "env.bool('DEBUG')",
        "ENVIRONMENT == 'development'",
        "ENV in ('dev', 'test')",
        "os.getenv('DEBUG', '0') == '1'",
        "os.getenv('DEBUG', 'f').lower() == 'true'",
        "bool(int(os.getenv('DEBUG', 1)))",
        "IS_LOCAL is True",
        "TESTING",
        "'test' in sys.argv",
        "DEBUG and USE_S3",
    ],
)
def test_what_does_not_hold_in_production(condition: str) -> None:
    assert holds(condition) is False


@pytest.mark.parametrize(
    "condition",
    [
        "USE_S3",
        "ENV == 'blue'",
        "ENV in ('dev', 'blue')",
        "failing",
        "DISABLE_DEBUG",
        "a b",
        "DEBUG or USE_S3",
    ],
)
def test_what_only_a_run_would_tell(condition: str) -> None:
    assert holds(condition) is None
