"""The bundler that the frontend has is run where the project is built.

What a bundler makes is no source, and is not in the repository: if no image, no job of CI and no script runs
it, the deployment has the pages and not their scripts.

Flagged is a package.json that has Vite, webpack or another bundler and a script `build`, while no Dockerfile,
job of CI, script or process runs such a script (`npm run build`, `pnpm build`, `vite build`), and Git ignores
what it makes, as far as `dist` and `build` tell. Platforms that run it by themselves (Heroku, Vercel,
Netlify) are left alone.

Standard: Frontend, Build Tools: Vite or Webpack.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_BUNDLER = regex(r"\"(?P<name>vite|webpack|@rspack/core|parcel|esbuild|rollup|@vitejs/plugin-\w+)\"\s*:")
_SCRIPT = regex(r"\"build(?::\w+)?\"\s*:|\"heroku-postbuild\"\s*:")
_RUNS = regex(
    r"\b(?:npm|pnpm|yarn|bun)(?:\s+--?\S+(?:\s+\w+)?)*\s+(?:run\s+(?:-\S+\s+)*)?[\w:-]*(?:build|prod"
    r"|bundle|compile)"
    r"|\b(?:vite|webpack|rspack|parcel|esbuild|rollup|turbo|nx)\b[^\n]*\b(?:build|production|bundle)|gulp"
    r"|manage\.py vite|grunt"
)
_PLATFORMS = (
    "vercel.json",
    "netlify.toml",
    "app.json",
    ".platform.app.yaml",
    "nixpacks.toml",
    "nx.json",
    "turbo.json",
)


@rule("bundler-runs", entry="vite")
def check(project: Project) -> Iterator[Finding]:
    if project.files.matching(*_PLATFORMS):
        return
    texts = [project.files.text(dockerfile.path) for dockerfile in project.dockerfiles]
    lines = (*project.ci_commands, *project.processes)
    texts += [line.text for line in lines if not line.where.path.endswith("package.json")]
    if any(
        _RUNS.search(re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE).replace('", "', " ")) for text in texts
    ):
        return
    for path in project.files.matching("package.json"):
        text = project.files.text(path)
        made = [join(dirname(path), folder, "main.js") for folder in ("dist", "build", "static/dist")]
        if _SCRIPT.search(text) and any(map(project.ignored_by_git, made)):
            for place, match in project.files.lines_with(path, _BUNDLER):
                yield Finding(
                    place,
                    f"{match['name']} makes the frontend's files, and no build of the project runs it",
                    "run `npm ci && npm run build` in a stage of the Dockerfile, and copy what it makes",
                )
                break
