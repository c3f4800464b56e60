"""What answers may look like."""

from __future__ import annotations

import pytest

from stackyard.scaffold import answers


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("shop", "Shop"),
        ("my-shop", "My Shop"),
        ("my_shop2", "My Shop2"),
        ("zoës.café", "Zoës Café"),
        ("NASA", "NASA"),
        ("---", "Project"),
        ("word " * 30, "Word Word Word Word Word Word Word Word Word Word"),
    ],
)
def test_a_folder_gives_a_name_that_is_allowed(folder: str, name: str) -> None:
    assert answers.project_name(folder) == name
    assert answers.name_error(name) == ""


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Zoë's Shop", "zoe_s_shop"),
        ("3D Print", "project_3d_print"),
        ("日本", "project"),
        ("x" * 60, "x" * 40),
        ("Word " * 12, "word_word_word_word_word_word_word_word"),
    ],
)
def test_a_name_gives_a_slug_that_is_allowed(name: str, slug: str) -> None:
    assert answers.project_slug(name) == slug
    assert answers.slug_error(slug) == ""


@pytest.mark.parametrize("good", ["Shop", "Bob & Söhne (AG), Nr. 3", "日本の店", "O'Neill's"])
def test_names_of_all_languages_are_allowed(good: str) -> None:
    assert answers.name_error(good) == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        (" x", "blank"),
        ("x" * 51, "51 characters"),
        ("...", "neither letters nor digits"),
        ('a "b"', 'has a "'),
        ("a\\b", "has a \\"),
        ("a{b}", "has a {"),
        ("a<b", "has a <"),
        ("a`b", "has a `"),
        ("a$b", "has a $"),
        ("a\nb", "U+000A"),
        ("a\u202eb", "U+202E"),
        ("a\u2028b", "U+2028"),
        ("a\x00b", "U+0000"),
    ],
)
def test_names_that_could_be_taken_for_code_or_hide_something_are_not(bad: str, why: str) -> None:
    assert why in answers.name_error(bad)


@pytest.mark.parametrize("bad", ["", "Shop", "my-shop", "1st", "_x", "x_", "a__b", "é", "x" * 41, "a\n"])
def test_bad_slugs(bad: str) -> None:
    assert "lower-case letters" in answers.slug_error(bad)


@pytest.mark.parametrize("good", ["shop.example.com", "a.io", "x-1.example.org", "xn--bcher-kva.example"])
def test_good_domains(good: str) -> None:
    assert answers.domain_error(good) == ""
    assert answers.email_error(f"team+shop@{good}") == ""


@pytest.mark.parametrize(
    "bad",
    ["", "localhost", "Shop.example.com", "-a.com", "a-.com", "a..com", "a.1", "a.com\n", "ü.com", "a b.com"],
)
def test_bad_domains(bad: str) -> None:
    assert answers.domain_error(bad)
    assert answers.email_error(f"team@{bad}")


@pytest.mark.parametrize("bad", ["@a.com", "a..b@a.com", ".a@a.com", 'a"b@a.com', "a b@a.com", "a$(b)@a.com"])
def test_bad_mail_addresses(bad: str) -> None:
    assert answers.email_error(bad)
