"""The deployed image has no development packages.

Test runners, linters and debuggers make it larger, have holes of their own, and some of them (debug toolbars)
open doors. Looked at are the stages whose packages the deployed one has: `poetry install` wants `--only main`
or `--without dev` there, and not where only a wheel or static files are built. What a variable decides is not
known, and passes; so does a project whose groups are all optional.

Standard: Poetry, essential commands: `poetry install --only main`, production only.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.dockerfiles import Instruction
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_COMMAND = regex(r"\bpoetry\s+(?:-\S+\s+)*(?P<verb>install|sync|bundle)\b(?P<rest>[^&|;\n]*)")
_CHOSEN = regex(r"--(?:only|without|no-dev|only-root)\b|\$")


@rule("docker-installs-main-only", entry="poetry-groups")
def check(project: Project) -> Iterator[Finding]:
    groups = project.packages.development_groups
    for image in (image for image in project.app_images if groups and image.is_deployed):
        for stage in image.dockerfile.installing(image.stage):
            for run in stage.instructions:
                if run.name != "RUN" or _is_chosen(stage.all("ENV", "ARG")):
                    continue
                for command in _COMMAND.finditer(run.text):
                    if not _CHOSEN.search(command["rest"]):
                        yield Finding(
                            run.where,
                            f"`poetry {command['verb']}` brings the group {', '.join(groups)} into the image",
                            "add `--only main` to it",
                        )


def _is_chosen(settings: list[Instruction]) -> bool:
    return any(name.startswith("POETRY_WITH") for item in settings for name in item.pairs)
