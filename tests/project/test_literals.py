"""Words that a text must have for a pattern to be in it."""

import random
import re

import pytest

from stackyard.project.literals import _words, having


def _has(text: str, pattern: re.Pattern[str]) -> bool:
    return list(having([("", text)], pattern)) == [""]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bCelery\b", {"Celery"}),
        (r"^\s*(?:from|import)\s+(?:boto3|botocore)\b", {"boto3", "botocore"}),
        (r"newrelic\.agent|from\s+newrelic\s+import", {"newrelic.agent", "newrelic"}),
        (r"(?i)redbeat", set()),
        (r"(?i:red)beat", {"beat"}),
        (r"a|bcdef", set()),
        (r"(?:abc)+d", {"abc"}),
        (r"(?:abc)*d", set()),
        (r"(?:abc)?defg", {"defg"}),
        (r"[abc]def", {"def"}),
        (r"(?=look)\w+", set()),
        (r"(?!look)\w+", set()),
        (r"(?P<name>word)(?P=name)", {"word"}),
        (r"ab.cd", set()),
        (r"^\n-{4,}$", {"----"}),
        (r"^:(?:param|return)s? \w", {":param", ":return"}),
        (r"ab(?:cd|)e", set()),
        (r"(?:ab){3}", set()),
        ("", set()),
    ],
)
def test_words_of_a_pattern(pattern: str, words: set[str]) -> None:
    assert _words(pattern, 0) == words


def test_a_text_with_the_pattern_is_never_passed_over() -> None:
    seed = random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    pieces = [
        "abc",
        "abcd",
        "x",
        "(?:abc|bcd)",
        "(?:abc|)",
        "abc?",
        "(?:bcd)+",
        "(?:bcd)*",
        "[ab]",
        ".",
        "^",
        "$",
        r"\b",
        "|",
        "(?i:abc)",
    ]
    for _ in range(3_000):
        try:
            pattern = re.compile("".join(chance.choices(pieces, k=chance.randint(1, 5))))
        except re.error:
            continue
        text = "".join(chance.choices("abcdxABC ", k=12))
        assert _has(text, pattern) is bool(pattern.search(text)), (pattern.pattern, text)


def test_a_text_that_has_a_pattern_has_no_other() -> None:
    text, wanted = "from celery import Celery\n", re.compile("celery import")
    for _ in range(2):
        assert _has(text, wanted)
        assert not _has(text, re.compile("CELERY IMPORT"))
        assert _has(text, re.compile("CELERY IMPORT", re.IGNORECASE))
        assert not _has("", wanted)


def test_those_that_have_it_come_in_their_order() -> None:
    texts = [("b", "celery"), ("a", "Celery"), ("c", "x celery")]
    assert list(having(texts, re.compile("celery"))) == ["b", "c"]
