"""No key is in the repository.

A private key or a key of a cloud in the source belongs to whoever has a copy of it, and stays in its history.

Looked for are private keys (`-----BEGIN … PRIVATE KEY-----` and a body; encrypted ones are left alone), keys
of AWS, and tokens of GitHub, GitLab, Slack and Stripe's live mode, in keys' own files, Python, configuration
and scripts that Git keeps, or, where its index is not there, that no .gitignore leaves out. Tests,
documentation, examples and the development's certificates are not looked at. It is no scanner of the history:
that is another tool's.

Standard: Security, secrets management: environment variables.
"""

from collections.abc import Iterator

from stackyard.formats.regexes import regex
from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_FILES = (
    "*.pem", "*.key", "id_rsa*", "id_ed25519*", "*.py", "*.y*ml", "*.toml", "*.ini", "*.cfg", "*.conf",
    "*.sh", "*.env",
    ".env*", "Dockerfile*", "*.tf", "*.tfvars", "*.json.key", "credentials*.json", "service*account*.json",
)  # fmt: skip
_ASIDE = regex(
    r"(?i)(?:^|[^a-z])(?:tests?|testing|fixtures?|docs?|examples?|samples?|dummy|mocks?|dev|develop"
    r"|development|local"
    r"|localhost|snakeoil)(?:[^a-z]|$)"
)
_KINDS = {
    "a private key": r"-----BEGIN (?:\w+ )?PRIVATE KEY-----(?:\\n|\s)+(?!Proc-Type)[\w+/=\s\\]{64}",
    "a key of AWS": r"\bAKIA(?!IOSFODNN7EXAMPLE)[A-Z2-7]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{82})\b",
    "a token of GitLab": r"\bglpat-[\w-]{20}\b",
    "a token of Slack": r"\bxox[abprs]-\d{9,}-[\w-]{20,}",
    "a live key of Stripe": r"\b[rs]k_live_[A-Za-z0-9]{20,}",
}
_SIGNS = (
    "PRIVATE KEY-----",
    "AKIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "_pat_",
    "glpat-",
    "xox",
    "k_live_",
)
_KEY = regex("|".join(f"(?P<k{number}>{pattern})" for number, pattern in enumerate(_KINDS.values())))


@rule("secrets-not-committed", entry="settings-environment")
def check(project: Project) -> Iterator[Finding]:
    for path in project.files.matching(*_FILES):
        if _ASIDE.search(path) or not any(sign in project.files.text(path) for sign in _SIGNS):
            continue
        if not _is_kept(project, path):
            continue
        for place, match in project.files.lines_with(path, _KEY):
            yield Finding(
                place,
                f"{list(_KINDS)[int((match.lastgroup or 'k0')[1:])]} is in the repository",
                "make a new one, which is read from the environment, and have this one revoked",
            )
            break


def _is_kept(project: Project, path: str) -> bool:
    return path in project.tracked if project.tracked is not None else not project.ignored_by_git(path)
