"""CI runs the tests.

A test that nobody runs is wrong before long, and nobody knows. Looked at is what the pipelines in the
repository run: pytest, `manage.py test`, also by make, tox, nox, just, scripts, Compose services and other
tools whose files are there. Silent where another repository's pipelines are used, or where a tool is called
that cannot be looked into; and where there are no tests, which is another rule's.

Standard: Deployment & infrastructure: CI/CD: GitHub Actions; Testing & quality: test framework:
pytest-django.
"""

from collections.abc import Iterator

from stackyard.formats.place import Place
from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

# A runner of the project's own, or one that is not known here.
_RUNNER = regex(
    r"(?:run[-_]?)?tests?(?:[-_][\w-]*)?(?:\.(?:sh|py|bash))?|[\w-]+[-_]tests?(?:\.(?:sh|py))?"
    r"|unittest|nosetests|behave|ward"
)


@rule("ci-runs-tests", entry="tests-in-ci")
def check(project: Project) -> Iterator[Finding]:
    if not project.tests or not project.ci.is_known or project.ci.tests:
        return
    if any(_is_runner(command.words) for command in project.ci.programs):
        return
    paths = [pipeline.path for pipeline in project.pipelines]
    yield Finding(
        Place(paths[0] if paths else ""),
        (
            f"CI does not run the tests: none of {', '.join(paths[:4])} does"
            if paths
            else "no CI runs the tests: there is none"
        ),
        "run `poetry run pytest --cov` in a job, of .github/workflows/ci.yml for example",
    )


def _is_runner(words: tuple[str, ...]) -> bool:
    """Say whether a command may run tests, in a way of its own."""
    name = words[0].rpartition("/")[2]
    if name == "test":  # a shell's own compares and looks for files
        return not any(word.startswith(("-", "$")) or "=" in word for word in words[1:3])
    return _RUNNER.fullmatch(name) is not None
