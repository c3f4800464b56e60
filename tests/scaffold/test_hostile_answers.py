"""Answers are data: whatever they say, files parse as they did, with the answer in them, and nothing runs."""

from __future__ import annotations

import ast
import functools
import html
import itertools
import json
import random
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from stackyard.errors import UserError
from stackyard.scaffold import changes, markers, names
from stackyard.scaffold.extension import flags_of, render_answers, render_text
from stackyard.scaffold.questions import Answers, Given, Questionnaire
from stackyard.scaffold.render import render
from stackyard.scaffold.template import Template, installed

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "template" / ".venv" / "bin" / "python"
CANARY = "stackyard-canary"
CASES = 1_000
PIECES = [
    '"', "'", '"""', "'''", "\\", "\\\\", "\\n", "\\N{DIGIT ONE}", "`", "$", "${HOME}",
    f"$(touch {CANARY})", f"`touch {CANARY}`", f'"; open("{CANARY}", "w") #',
    f"'; open('{CANARY}', 'w') #", "{{ 7 * 7 }}", "{% now %}", "{% endblock %}", "{# x #}", "{",
    "}", "{{", "}}", "%}", "%s", "%(x)s", "<script>alert(1)</script>", "<", ">", "&amp;", "&",
    "</title>", "-->", "<!--", "]]>", "# stack: if nothing", "# stack: end", "  # stack: x", "/*",
    "*/", "//", "#", ":", "- a", "? a", "| ", "> ", "!tag", "&anchor", "*alias", "@", "=", "[x](y)",
    "![x](y)", "**", "_", "~~", "---", "***", "```", "\t", "\n", "\r", "\x00", "\x1b[31m", "\u202e",
    "\u2028", "\x85", "\ufeff", "é", "日本", "🙂", "../..", "/etc/passwd", "null", "true", "1e5",
    "0x10", "~", " ", "  ", ".", ",", "a", "Shop", "myproject", "My Project", "; DROP TABLE users",
    "|| true", "&& touch " + CANARY, "\\u0041", "\\x41", "x" * 60, "-" * 30,
]  # fmt: skip


class Page(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[object] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(name="template", scope="module")
def _template() -> Template:
    return installed()


@pytest.fixture(name="seed", scope="module")
def _seed() -> int:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    return seed


@pytest.fixture(name="sources", scope="module")
def _sources(template: Template) -> dict[str, str]:
    """The files that names land in, without their markers."""
    flags = flags_of(template.questionnaire.answer("shop", Given({"everything": True})))
    folder = template.root / "template"
    found = {}
    for path in template.files():
        content = (folder / path).read_bytes()
        if path != "poetry.lock" and re.search(rb"My Project|My Team|myproject", content):
            found[path] = markers.cut(content.decode(), path, flags)
    assert {PurePosixPath(path).suffix for path in found} >= {".py", ".toml", ".html", ".md", ".example"}
    return found


def hostile_answers(questionnaire: Questionnaire, chance: random.Random, cases: int) -> Iterator[Answers]:
    """Give the sets of answers that are accepted; the questions' validators refuse the others."""
    asked = list(names.PLACEHOLDERS.values())
    for _ in range(cases):
        given = {
            name: "".join(chance.choices(PIECES, k=chance.randint(1, 5)))
            for name in chance.sample(asked, k=chance.randint(1, 2))
        }
        try:
            yield questionnaire.answer("shop", Given(given))
        except UserError as error:
            assert any(repr(value) == error.found for value in given.values())


def test_files_parse_as_they_did_with_the_answers_in_them(
    template: Template, sources: dict[str, str], seed: int
) -> None:
    questionnaire = template.questionnaire
    accepted = 0
    for answers in hostile_answers(questionnaire, random.Random(seed), CASES):
        accepted += 1
        for path, source in sources.items():
            text = render_text(source, path, answers)
            check(path, source, text, answers)
        remembered = questionnaire.remembered(answers)
        assert yaml.safe_load(render_answers("# stays\n", remembered)) == remembered
    assert accepted > CASES / 10, f"only {accepted} of {CASES} were accepted (seed {seed})"


def check(path: str, source: str, text: str, answers: Answers) -> None:
    """Insist that a rendered file means what its source does, with the names in it."""
    named = {placeholder: str(answers[answer]) for placeholder, answer in names.PLACEHOLDERS.items()}
    pattern = re.compile("|".join(sorted(map(re.escape, named), key=len, reverse=True)))

    def put(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda match: named[match[0]], value)
        if isinstance(value, dict):
            return {key: put(item) for key, item in value.items()}
        return [put(item) for item in value] if isinstance(value, list) else value

    match PurePosixPath(path).suffix:
        case ".py":
            (shape, constants), (plain_shape, plain_constants) = python(text), python(source)
            assert (shape, constants) == (plain_shape, put(plain_constants))
        case ".toml":
            assert tomllib.loads(text) == put(tomllib.loads(source))
        case ".html":
            syntax = re.compile(r"\{[{%#].*?[}%#]\}")  # of Django's templates
            assert syntax.findall(text) == syntax.findall(source)
            page, plain = Page(text), Page(source)
            assert (page.tags, page.text) == (plain.tags, put(plain.text))
        case ".md":
            assert words(text) == put(words(source))
        case _:
            assert text == put(source)  # only what needs no escape gets there


@functools.lru_cache(100)
def python(text: str) -> tuple[str, list[Any]]:
    """What a module says, apart from the text in its strings; and that text."""
    tree = ast.parse(text)
    strings = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.append(node.value)
            node.value = ""
    return ast.dump(tree), strings


@functools.lru_cache(100)
def words(text: str) -> list[list[Any]]:
    """What a reader of Markdown sees: kinds of marks, and the text between them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [
        [token.type, token.content if not token.children else ""]
        + ["".join(child.content for child in token.children or [])]
        + [child.type for child in token.children or [] if not child.type.startswith("text")]
        for token in tokens
    ]


def boot(template: Template, tmp_path: Path, accepted: Iterable[Answers]) -> int:
    """Boot projects of these answers; give how many there were."""
    folders: dict[str, Answers] = {}
    for number, answers in enumerate(accepted):
        folder = tmp_path / str(number)
        changes.create(folder, render(template, answers))
        folders[str(folder)] = answers
    done = subprocess.run(
        [PYTHON, ROOT / "tests" / "scaffold" / "boot.py", *folders],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    for line, answers in zip(done.stdout.splitlines(), folders.values(), strict=True):
        said = json.loads(line)
        assert said["title"] == answers["project_name"]
        assert answers["project_name"] in html.unescape(re.findall(r"<title>(.*?)</title>", said["page"])[0])
    assert not list(tmp_path.rglob(f"*{CANARY}*"))
    return len(folders)


def test_projects_of_hostile_answers_boot_and_run_nothing_of_them(
    template: Template, tmp_path: Path, seed: int
) -> None:
    accepted = hostile_answers(template.questionnaire, random.Random(seed + 1), CASES)
    assert boot(template, tmp_path, itertools.islice(accepted, 5)) == 5


@pytest.mark.matrix
@pytest.mark.parametrize("part", range(10))
def test_a_thousand_projects_of_hostile_answers_boot(
    template: Template, tmp_path: Path, seed: int, part: int
) -> None:
    accepted = hostile_answers(template.questionnaire, random.Random(seed + 2 + part), CASES // 10)
    assert boot(template, tmp_path, accepted) > 0
