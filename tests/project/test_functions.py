"""The functions of shell scripts."""

from stackyard.formats.place import Line, Place
from stackyard.project.commands import commands
from stackyard.project.functions import called, functions

SCRIPT = """\
function inside {
  docker compose exec web "${@}"
}

manage() {
  if [ "$1" = test ]; then
    echo {
  fi
  inside python manage.py "$@"
}
lint() { ruff check .; }
  function ci:test
{
  manage test
}
}
open() {
"""


def test_each_by_its_name() -> None:
    found = functions(SCRIPT)
    assert list(found) == ["inside", "manage", "lint"]
    assert found["lint"] == "ruff check .;" and "inside python" in found["manage"]


def test_a_call_with_its_arguments() -> None:
    (command,) = commands(Line("manage test --tag 'a b'", Place("run", 1)))
    text = called(command, functions(SCRIPT))
    assert text is not None and "inside python manage.py test --tag 'a b'" in text
    (other,) = commands(Line("elsewhere test", Place("run", 1)))
    assert called(other, functions(SCRIPT)) is None


def test_a_call_that_grows_ends() -> None:
    (command,) = commands(Line(f"again {'x ' * 150}", Place("run", 1)))
    assert called(command, {"again": " ".join(['again "$@"'] * 20)}) is None
