"""The one reader of environment variables, and what the environment is called.

Real variables win over the ones in ``.env``, or in the file that ENV_FILE names, and these over the secrets
of a store, if there is one.
"""

from pathlib import Path

import environ

from stack.environment.store import lay

PROJECT_NAME = "My Project"
PROJECT_SLUG = "myproject"
"""What people, and what machines, call this project."""

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("development", "test", "production")
SECRET_LENGTH = 50
SECRET_VARIETY = 5
"""Characters, and different ones: the least that ``manage.py check --deploy`` takes for a SECRET_KEY."""

env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")))
lay(env)

ENVIRONMENT: str = env.str("ENVIRONMENT", "production")
if ENVIRONMENT not in ENVIRONMENTS:
    raise SystemExit(f"ENVIRONMENT is {ENVIRONMENT!r}; set it to one of: {', '.join(ENVIRONMENTS)}.")
DEVELOPMENT: bool = ENVIRONMENT == "development"
PRODUCTION: bool = ENVIRONMENT == "production"


def required(name: str, *, fallback: str) -> str:
    """Read a variable that production can't do without.

    Args:
        name: The variable.
        fallback: Its value in development and tests; refused in production, being public.

    Returns:
        The variable's value; outside of production the fallback, when it is unset or empty.

    Raises:
        SystemExit: In production, when it is unset, empty or the fallback. One line, no traceback:
            whoever starts the server has to set a variable, not to read our code.
    """
    # As it stands: env.str() takes what starts with a $, as random keys may, for another variable's name.
    value: str = env.ENVIRON.get(name, "") or ("" if PRODUCTION else fallback)
    if PRODUCTION and value in ("", fallback):
        found = "it is not set" if value == "" else "it still has the value of the example"
        raise SystemExit(f"{name} is required in production, but {found}. Set it in the environment.")
    return value


def hosts(name: str, *, fallback: str) -> list[str]:
    """Read the hosts that the project answers for, parted by commas.

    Args:
        name: The variable.
        fallback: Its value in development and tests.

    Returns:
        The hosts.

    Raises:
        SystemExit: In production, when it is unset or allows every host: mails would then link to whatever
            host the request that caused them named.
    """
    names = [host.strip() for host in required(name, fallback=fallback).split(",")]
    if PRODUCTION and "*" in names:
        raise SystemExit(f"{name} allows every host (*); in production, name the ones that are yours.")
    return names


def secret(name: str) -> str:
    """Read a secret key, and refuse a weak one in production.

    Args:
        name: The variable.

    Returns:
        The key; outside of production a public one, when the variable is unset or empty.

    Raises:
        SystemExit: In production, when the key is unset, public, short or monotonous.
    """
    value = required(name, fallback=f"insecure-{name.lower()}-for-development-and-tests-only-0123456789")
    if PRODUCTION and (len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY):
        raise SystemExit(
            f"{name} is too weak for production: {len(value)} characters, {len(set(value))} different ones. "
            f"Make one of at least {SECRET_LENGTH} at random: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return value
