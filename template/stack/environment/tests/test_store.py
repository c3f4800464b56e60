"""What a document may be, what of it counts, and what stops the start."""

from pkgutil import iter_modules
from typing import Any

import environ
import pytest

from stack.environment import store, stores
from stack.environment.stores import Unreadable
from stack.environment.tests.starting import complaint, started

STORES = [module.name for module in iter_modules(stores.__path__)]


def env_of(**variables: str) -> environ.Env:
    """Return a reader of these variables and no others."""
    env = environ.Env()
    env.ENVIRON = variables
    return env


def test_without_a_store_there_is_the_environment() -> None:
    assert started(ALPHA="a").output.split()[0] == "a"
    assert started(ALPHA="a", SECRETS_BACKEND="environment").output.split()[0] == "a"
    assert not store.is_used(env_of())


def test_an_unknown_store() -> None:
    known = ", ".join(["environment", *STORES])
    line = f"SECRETS_BACKEND is 'drawer'; set it to one of: {known}."
    assert complaint(SECRETS_BACKEND="drawer") == line


@pytest.mark.parametrize("backend", STORES)
def test_a_store_without_a_name(backend: str) -> None:
    line = f"SECRETS_NAME is required with SECRETS_BACKEND={backend}, but it is not set."
    assert complaint(SECRETS_BACKEND=backend) == line


def test_real_variables_win_and_empty_ones_are_none() -> None:
    env = env_of(REAL="mine", EMPTY="")
    assert store.under(env, {"REAL": "theirs", "EMPTY": "theirs", "NEW": "theirs"}) == {
        "EMPTY": "theirs",
        "NEW": "theirs",
    }


def test_what_a_parent_has_laid_is_no_real_variable() -> None:
    env = env_of(REAL="mine", OLD="laid", **{store.LAID: "OLD"})
    assert store.under(env, {"REAL": "theirs", "OLD": "theirs"}) == {"OLD": "theirs"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (["hunter2"], "what is kept is no JSON object of names and values, but list"),
        ("hunter2", "what is kept is no JSON object of names and values, but str"),
        (None, "what is kept is no JSON object of names and values, but NoneType"),
        ({"PORT": 5432}, "the value of PORT is no string, but int"),
        ({"DEBUG": True}, "the value of DEBUG is no string, but bool"),
        ({"A": {"B": "hunter2"}}, "the value of A is no string, but dict"),
        ({"A": "hunter2\0"}, "the value of A has a NUL, which no variable can have"),
        ({"OK": "1", "hunter2 ": "1"}, "its name number 2 can't be a variable's"),
        ({"": "1"}, "its name number 1 can't be a variable's"),
    ],
)
def test_what_is_no_document_is_refused_and_not_quoted(content: Any, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        store.checked(content)
    assert str(caught.value) == reason


def test_a_document_stays_as_it_is() -> None:
    document = {"SECRET_KEY": "$x=y \n", "DATABASE_URL": "postgres://ü:%40@db/app"}
    assert store.checked(document) is document
