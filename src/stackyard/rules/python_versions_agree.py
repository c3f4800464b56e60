"""Every file that names a version of Python names one that pyproject.toml allows.

Where CI tests on one Python and production runs another, or mypy checks for a third, each is right about
something else. Looked at are .python-version, .tool-versions and runtime.txt, the jobs of GitHub that use
Poetry, the images that the project is deployed as, and what mypy, black, ruff and pylint are told. A version
by a variable is not known, and an image that is too old for the standard is another rule's.

Standard: Core framework: Python 3.13+; environment management: pyenv.
"""

import re
from collections.abc import Iterator

from packaging.version import Version

from stackyard.formats.place import Place
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_FILES = {
    ".python-version": r"^(?P<version>\d+\.\d+(?:\.\d+)?)\s*$",
    ".tool-versions": r"^python\s+(?P<version>\d+\.\d+(?:\.\d+)?)\b",
    "runtime.txt": r"^python-(?P<version>\d+\.\d+(?:\.\d+)?)\s*$",
}
_TOOLS = {
    "mypy": "python_version",
    "pylint": "py_version",
    "black": "target_version",
    "ruff": "target_version",
}


@rule("python-versions-agree", entry="pyenv")
def check(project: Project) -> Iterator[Finding]:
    if project.packages.python is None:
        return
    constraint, asked = project.packages.python
    for where, what, version in (*_files(project), *_jobs(project), *_images(project), *_tools(project)):
        if project.packages.takes_python(version) is False:
            yield Finding(
                where,
                f"{what} is Python {version}, which {asked.path} does not allow: {constraint}",
                "let both say the same",
            )


def _files(project: Project) -> Iterator[tuple[Place, str, str]]:
    for name, pattern in _FILES.items():
        path = f"{project.packages.folder}{name}"
        for place, match in project.files.lines_with(path, re.compile(pattern, re.MULTILINE)):
            yield place, f"that of {name}", match["version"]


def _jobs(project: Project) -> Iterator[tuple[Place, str, str]]:
    for pipeline in project.pipelines:
        for job, place, version in pipeline.pythons:
            yield place, f"that of the job {job}", version


def _images(project: Project) -> Iterator[tuple[Place, str, str]]:
    technology = project.standard.technologies.get("python")
    minimum = Version(technology.minimum if technology and technology.minimum else "0")
    for image in project.app_images:
        base = image.stage.base
        if base.name.endswith("python") and base.is_known and base.version and base.version >= minimum:
            yield image.stage.where, f"that of the image {base.text}", str(base.version)


def _tools(project: Project) -> Iterator[tuple[Place, str, str]]:
    for tool, key in _TOOLS.items():
        for configuration in project.tools.get(tool)[:1]:
            text = configuration.text(key)
            found = re.findall(r"\bpy(\d)(\d+)\b", text) or re.findall(r"\b(\d)\.(\d+)\b", text)
            versions = [".".join(version) for version in found]
            # Of several that black is told, one that is allowed will do.
            if versions and all(project.packages.takes_python(version) is False for version in versions):
                yield configuration.place(key), f"{tool}'s {key}", versions[0]
