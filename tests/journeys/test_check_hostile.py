"""The checker survives anything: a hostile repository costs little, shows no traceback, and is not run."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 4.0 if "PYTEST_XDIST_WORKER" in os.environ else 2.0  # of a processor: two, where no others use it
MEMORY = 300 << 20  # bytes
DEADLINE = 60  # seconds, on a busy machine

type Harm = Callable[[Path], object]


def _write(name: str, content: str | bytes) -> Harm:
    def harm(project: Path) -> None:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return harm


def _link(name: str, target: str) -> Harm:
    def harm(project: Path) -> None:
        (project / name).unlink(missing_ok=True)
        (project / name).symlink_to(target)

    return harm


def _large(name: str, size: int) -> Harm:
    def harm(project: Path) -> None:
        with (project / name).open("wb") as file:
            file.truncate(size)

    return harm


def _pipe(name: str) -> Harm:
    def harm(project: Path) -> None:
        (project / name).unlink(missing_ok=True)
        os.mkfifo(project / name)

    return harm


def _socket(project: Path) -> None:
    before = os.getcwd()
    os.chdir(project)  # a socket's name has to be short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(".env.example")
    finally:
        os.chdir(before)


def _many(project: Path) -> None:
    for folder in range(60):
        (project / f"f{folder}").mkdir()
        for number in range(1_000):
            (project / f"f{folder}/{number}.py").touch()


def _services(project: Path) -> None:
    for number in range(5_000):
        (project / f"s{number}").mkdir()
        (project / f"s{number}/manage.py").touch()
        (project / f"s{number}/requirements.txt").write_text("django\n", encoding="utf-8")


def _stars(project: Path) -> None:
    everybody = "".join(f"from m{number} import *\n" for number in range(60))
    for number in range(60):
        text = f"{everybody}import os\nX{number} = os.environ['X{number}']\nINSTALLED_APPS = []\n"
        (project / f"m{number}.py").write_text(text, encoding="utf-8")


def _deep(project: Path) -> None:
    folder = project
    for _ in range(400):
        folder = folder / "deeper"
        folder.mkdir()
    (folder / "settings.py").write_text("DEBUG = True\n", encoding="utf-8")


def _loops(project: Path) -> None:
    (project / "a").symlink_to("b")
    (project / "b").symlink_to("a")
    (project / "here").symlink_to(".")
    (project / "above").symlink_to("..")
    (project / "settings").symlink_to("/")


def _levels(width: int, depth: int) -> str:
    lines = [f"a0: &a0 [{', '.join(['x'] * width)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, depth)]
    return "\n".join(lines)


COMPOSE = "services: {web: {build: ., ports: ['80:80']}}\n"
MERGES = "services:\n  a0: &a0 {image: x}\n" + "".join(
    f"  a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}\n" for n in range(1, 60)
)
HARMS: dict[str, Harm] = {
    "yaml bomb": _write(
        "docker-compose.yml", f"{_levels(9, 9)}\nservices: {{web: {{image: *a8, ports: *a8}}}}\n"
    ),
    "yaml bomb in a pipeline": _write(".github/workflows/ci.yml", f"{_levels(9, 9)}\njobs: *a8\n"),
    "yaml bomb in the hooks": _write(".pre-commit-config.yaml", f"{_levels(9, 9)}\nrepos: *a8\n"),
    "merges of merges": _write("docker-compose.yml", MERGES),
    "an alias of itself": _write("docker-compose.yml", "services: &a {web: *a}\n"),
    "deep yaml": _write("docker-compose.yml", "[" * 1_000_000),
    "deep yaml in blocks": _write("docker-compose.yml", "".join(f"{' ' * n}a:\n" for n in range(1_400))),
    "long yaml": _write("docker-compose.yml", "services:\n" + "  a: {}\n" * 120_000),
    "extends itself": _write(
        "docker-compose.yml", "services: {web: {extends: {file: docker-compose.yml, service: web}}}\n"
    ),
    "includes itself": _write(
        "docker-compose.yml", "include: [docker-compose.yml]\nservices: {web: {image: x}}\n"
    ),
    "includes all": _write(
        "docker-compose.yml", "include: [../../../../etc/passwd, /etc/passwd]\nservices: {w: {image: x}}\n"
    ),
    "variables in variables": _write(
        "docker-compose.yml", "services: {w: {image: '" + "${A:-" * 5_000 + "}" * 5_000 + "'}}\n"
    ),
    "bad utf-8 in yaml": _write("docker-compose.yml", b"services: {web: {image: \xff\xfe\x00}}\n"),
    "bad utf-8 in toml": _write("pyproject.toml", b"[project]\nname = '\xff\xfe'\n"),
    "bad toml": _write("pyproject.toml", "[tool.poetry\nname = "),
    "deep toml": _write("pyproject.toml", "a = " + "[" * 500_000),
    "deep tables": _write("pyproject.toml", "\n".join(f"[{'.'.join(['a'] * n)}]" for n in range(1, 1_000))),
    "dotted toml": _write("pyproject.toml", ".".join(["a"] * 200_000) + " = 1\n"),
    "toml of wrong kinds": _write("pyproject.toml", "project = 5\ntool = []\n"),
    "toml of wrong kinds within": _write(
        "pyproject.toml",
        "[project]\ndependencies = 5\n[tool.poetry]\ndependencies = []\ngroup = 5\n[tool.stackyard]\n",
    ),
    "lock of wrong kinds": _write("poetry.lock", "package = 5\n[metadata]\ncontent-hash = []\n"),
    "long versions": _write(
        "pyproject.toml",
        f'[tool.poetry.dependencies]\npython = "^{"1." * 50_000}1"\ndjango = "{"1" * 100_000}"\n',
    ),
    "many constraints": _write(
        "pyproject.toml", f'[tool.poetry.dependencies]\ndjango = "{" || ".join(["^5.0,!=5.1"] * 20_000)}"\n'
    ),
    "bad python": _write("config/settings.py", "def (:\n"),
    "deep python": _write("config/settings.py", "INSTALLED_APPS = " + "[" * 50_000),
    "deep sums": _write("config/settings.py", "INSTALLED_APPS = " + "-" * 100_000 + "1\n"),
    "deep calls": _write("config/settings.py", "INSTALLED_APPS = " + "f(" * 90 + ")" * 90 + "\n"),
    "a long chain": _write("config/settings.py", "INSTALLED_APPS = [] " + "+ ['a'] " * 20_000 + "\n"),
    "doubling lists": _write(
        "config/settings.py",
        "INSTALLED_APPS = ['a']\n" + "INSTALLED_APPS = INSTALLED_APPS + INSTALLED_APPS\n" * 60,
    ),
    "doubling by condition": _write(
        "config/settings.py",
        "INSTALLED_APPS = []\n"
        + "if A:\n    DEBUG = [DEBUG, DEBUG]\n    INSTALLED_APPS += INSTALLED_APPS + ['a']\n" * 60,
    ),
    "doubling texts": _write(
        "config/settings.py",
        "ROOT_URLCONF = 'a'\n"
        + "SECRET_KEY = 'a'\nSECRET_KEY = SECRET_KEY + SECRET_KEY\n"
        + "SECRET_KEY = f'{SECRET_KEY}{SECRET_KEY}'\n" * 60,
    ),
    "doubling tables": _write(
        "config/settings.py",
        "INSTALLED_APPS = []\nA = {'a': 1}\n" + "A = {'x': A, 'y': A}\n" * 60 + "CACHES = A\n",
    ),
    "numbers": _write(
        "config/settings.py",
        "INSTALLED_APPS = ['a'] * 10**9\nDEBUG = 10**10**10\nX = 'a' * 10**10\nY = 1 << 10**9\n",
    ),
    "imports of itself": _write(
        "config/settings.py", "from config.settings import *\nfrom .settings import *\nINSTALLED_APPS = []\n"
    ),
    "comprehensions": _write(
        "config/settings.py",
        "INSTALLED_APPS = [[[c for c in range(9**9)] for b in 'x' * 9] for a in (1, 2)]\n",
    ),
    "nul in python": _write("config/settings.py", b"INSTALLED_APPS = []\x00\n"),
    "bad utf-8 in python": _write("config/settings.py", b"INSTALLED_APPS = ['\xff']\n"),
    "another encoding": _write("config/settings.py", b"# coding: utf-7\nINSTALLED_APPS = []\n"),
    "large python": _write("config/settings.py", "INSTALLED_APPS = [" + "'a'," * 200_000 + "]\n"),
    "dockerfile without an end": _write("Dockerfile", "FROM python:3.13\nRUN x \\\n" + "y \\\n" * 50_000),
    "here-document without an end": _write("Dockerfile", "FROM python:3.13\nRUN <<EOF\n" + "x\n" * 50_000),
    "many stages": _write("Dockerfile", "".join(f"FROM s{n} AS s{n + 1}\n" for n in range(20_000))),
    "stages in a circle": _write("Dockerfile", "FROM b AS a\nFROM a AS b\nFROM b AS a\n"),
    "deep json": _write("Dockerfile", "FROM python:3.13\nCMD " + "[" * 100_000 + "\n"),
    "not a dockerfile": _write("Dockerfile", b"\x7fELF\x00\x00" * 1_000),
    "dockerignore": _write(".dockerignore", "*" * 5_000 + "\n" + "[[[\n" + "**/" * 2_000 + "\n"),
    "gitignore": _write(".gitignore", "*a" * 300 + "b\n" + "[[[\n" + "**/" * 500 + "x\n"),
    "a link to a device": _link("docker-compose.yml", "/dev/zero"),
    "a link out of it": _link("pyproject.toml", "/etc/passwd"),
    "a lock that is a device": _link("poetry.lock", "/dev/urandom"),
    "a pipe": _pipe("Dockerfile"),
    "a socket": _socket,
    "loops": _loops,
    "a gigabyte": _large("docker-compose.yml", 1 << 30),
    "a gigabyte of a lock": _large("poetry.lock", 1 << 30),
    "seven megabytes of a lock": _write("poetry.lock", '[[package]]\nname = "a"\nversion = "1"\n' * 160_000),
    "many files": _many,
    "many services": _services,
    "all star-import all": _stars,
    "deep folders": _deep,
    "long lines": _write("README.md", ("# " + "a " * 200_000 + "\n") + "`" * 300_000),
    "long script": _write("scripts/start.sh", "#!/bin/sh\n" + "celery " * 100_000 + "worke\n"),
    "blanks": _write(".env.example", " " * 900_000 + "A=\n"),
    "names": _write("\u202e\n[red]::error::.py", "x"),
}


# All of them in CI; elsewhere a third, another one each day.
TRIED = HARMS if os.environ.get("CI") else dict(islice(HARMS.items(), date.today().toordinal() % 3, None, 3))


@pytest.fixture(scope="module", name="template")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that has a bit of everything."""
    project = tmp_path_factory.mktemp("hostile") / "shop"
    files = {
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n",
        "config/settings.py": "INSTALLED_APPS = []\nROOT_URLCONF = 'config.urls'\n",
        "docker-compose.yml": COMPOSE,
        "Dockerfile": "FROM python:3.13\nCMD gunicorn config.wsgi\n",
        "pyproject.toml": "[project]\nname = 'shop'\ndependencies = ['django>=6']\n",
    }
    for name, text in files.items():
        _write(name, text)(project)
    return project


@pytest.mark.parametrize("harm", TRIED.values(), ids=TRIED)
def test_it_costs_little_and_shows_no_traceback(template: Path, tmp_path: Path, harm: Harm) -> None:
    project = Path(shutil.copytree(template, tmp_path / "shop"))
    harm(project)

    code, seconds, peak, said = checked(project)
    # Two share the rules: each may have to read what harms.
    code_of_two, _, peak_of_two, said_of_two = checked(project, processors=2)

    assert code in {0, 1, 2}, said
    assert "Traceback" not in said and "Warning" not in said
    assert seconds <= SECONDS
    assert max(peak, peak_of_two) <= MEMORY
    assert (code_of_two, said_of_two) == (code, said)


def checked(project: Path, processors: int = 1) -> tuple[int, float, int, str]:
    """Check a project; return the exit code, seconds of a processor, bytes of memory, and what it says."""
    with (project.parent / "errors").open("w+b") as errors, (project.parent / "output").open("w+b") as output:
        command = [sys.executable, "-m", "stackyard", "check", str(project)]
        # To note which lines it ran would take as long again.
        environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
        environment["PYTHON_CPU_COUNT"] = str(processors)
        # Waited for below, for what it used.
        process = subprocess.Popen(  # pylint: disable=consider-using-with
            command, stdout=output, stderr=errors, env=environment, start_new_session=True
        )
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (10, 10))  # for the tests to go on
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (errors, output):
            file.seek(0)
        return (
            process.returncode,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024,
            (errors.read() + output.read()).decode(errors="replace"),
        )


def test_nothing_of_it_is_run_or_imported(template: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(template, tmp_path / "shop"))
    ran = tmp_path / "ran"
    trap = f"import pathlib\npathlib.Path({str(ran)!r}).touch()\n"
    for name in (
        "manage",
        "setup",
        "conftest",
        "noxfile",
        "sitecustomize",
        "usercustomize",
        "click",
        "yaml",
        "packaging",
    ):
        _write(f"{name}.py", trap)(project)
    _write("config/__init__.py", trap)(project)
    _write("config/settings.py", f"{trap}INSTALLED_APPS = [__import__('os').system('touch {ran}')]\n")(
        project
    )
    _write("stackyard/__init__.py", trap)(project)
    _write("entrypoint.sh", f"#!/bin/sh\ntouch {ran}\n")(project)
    git = ["git", "-C", str(project)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    hook = project / ".git/hook"
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
    hook.chmod(0o755)
    subprocess.run([*git, "config", "core.fsmonitor", str(hook)], check=True)

    done = subprocess.run(
        [ROOT / ".venv/bin/stackyard", "check", "."],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )

    assert done.returncode == 1, done.stderr
    assert not ran.exists()


def test_the_rig_can_fail() -> None:
    """A process that eats is seen to."""
    program = "import resource\nheld = bytearray(400 << 20)\nheld[::4096] = b'x' * len(held[::4096])\n"
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert max(before, after) * 1024 > MEMORY
