"""poetry-groups."""

from tests.rules.repo import Break, flags, passes

BREAK = Break(
    "pyproject.toml",
    '    "gunicorn (',
    '    "ipython (>=9,<10)",\n    "gunicorn (',
    (Break("poetry.lock", "content-hash = ", "hash = "),),
)

DEV = '[tool.poetry.group.dev.dependencies]\npytest-django = "^4"\nblack = "^26"\n'


def asked(*lines: str) -> dict[str, str]:
    return {"pyproject.toml": "\n".join(["[tool.poetry.dependencies]", 'django = "^6"', *lines, DEV])}


def test_groups_pass() -> None:
    passes("poetry-groups", asked('django-stubs-ext = "^5"', 'gunicorn = "^23"'))


def test_tools_in_production_are_one_finding() -> None:
    files = asked('black = "^26"', 'pytest = "^9"', 'types-requests = "^2"')
    flags("poetry-groups", files, "pyproject.toml:3 black, pytest, types-requests")


def test_what_only_an_extra_brings_passes() -> None:
    passes("poetry-groups", asked('pytest = {version = "^9", optional = true}'))


def test_an_extra_of_the_project_passes() -> None:
    text = '[project]\ndependencies = ["django>=6,<7"]\n[tool.poetry]\n'
    passes("poetry-groups", {"pyproject.toml": f'{text}[project.optional-dependencies]\ntest = ["pytest"]\n'})


def test_what_the_code_imports_passes() -> None:
    command = "from faker import Faker\n\nfake = Faker()\n"
    passes("poetry-groups", {**asked('faker = "^40"'), "shop/management/commands/fill.py": command})


def test_what_only_tests_import() -> None:
    files = {**asked('faker = "^40"'), "shop/tests/test_fill.py": "from faker import Faker\n"}
    flags("poetry-groups", files, "pyproject.toml:3 faker")
