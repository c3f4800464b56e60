"""No .env file is copied into an image.

`COPY .env .` puts every secret in it into a layer, which a later `rm` does not take out again: whoever can
pull the image can read them. Looked at is what the deployed stage and those that it stands on copy by name;
examples (`.env.example`) pass, and so do files for tests. What `COPY . .` brings is the matter of
`dockerignore-covers-secrets`.

Standard: Docker, best practices: environment variables via `.env` file.
"""

import re
from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.containers import copies
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_ENV_FILE = regex(r"(?:^|/)(?:\.env(?:[._-][\w.-]+)?|(?:prod\w*|secrets?)\.env|\.envs(?:/.*)?)/?$")
_HARMLESS = regex(r"example|sample|template|dist|default|test|\bci\b|build", re.IGNORECASE)


@rule("docker-no-env-file-copied", entry="docker-no-secrets")
def check(project: Project) -> Iterator[Finding]:
    for image in project.app_images:
        for copy in copies(image.stage):
            for source in copy.words[:-1]:
                if _ENV_FILE.search(source) and not _HARMLESS.search(source):
                    yield Finding(
                        copy.where,
                        f"{source} is copied into the image, and its secrets with it",
                        "give the variables to the container when it starts, by `env_file` or the platform",
                    )
