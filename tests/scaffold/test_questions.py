"""The questions of copier.yml, and their answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stackyard.errors import UserError
from stackyard.scaffold.questions import Given, Question, Questionnaire
from stackyard.scaffold.template import installed


@pytest.fixture(name="questionnaire", scope="module")
def _questionnaire() -> Questionnaire:
    return installed().questionnaire


def test_defaults_are_the_full_preset(questionnaire: Questionnaire) -> None:
    answers = questionnaire.answer("my-shop")

    assert (answers["project_name"], answers["project_slug"]) == ("My Shop", "my_shop")
    assert (answers["domain"], answers["author_email"]) == (
        "my-shop.example.com",
        "team@my-shop.example.com",
    )
    assert answers["preset"] == "full"
    assert all(answers[flag] for flag in ("redis", "celery", "jwt", "pictures", "shop", "sentry", "aws"))
    assert (answers["aws_secrets"], answers["vault"]) == (True, False)
    assert not answers["everything"]


def test_minimal_has_no_capability(questionnaire: Questionnaire) -> None:
    answers = questionnaire.answer("x", Given({"preset": "minimal"}))

    assert [name for name, value in answers.items() if value is True] == []
    assert [answers[name] for name in ("broker", "cloud", "secrets")] == ["none", "none", "none"]
    assert answers["monitoring"] == []


def test_everything_turns_every_flag_on(questionnaire: Questionnaire) -> None:
    answers = questionnaire.answer("x", Given({"everything": True}))

    assert [name for name, value in answers.items() if value is False] == []


@pytest.mark.parametrize("preset", ["full", "web", "api", "minimal"])
def test_each_preset_is_a_valid_combination(questionnaire: Questionnaire, preset: str) -> None:
    assert questionnaire.answer("x", Given({"preset": preset}))["preset"] == preset


@pytest.mark.parametrize(
    ("broker", "flags"),
    [("none", []), ("redis", ["celery", "redis_broker"]), ("rabbitmq", ["celery", "rabbitmq"])],
)
def test_flags_follow_from_a_choice(questionnaire: Questionnaire, broker: str, flags: list[str]) -> None:
    answers = questionnaire.answer("x", Given({"preset": "minimal", "broker": broker}))

    assert [name for name, value in answers.items() if value is True] == flags


def test_of_two_givens_the_earlier_counts(questionnaire: Questionnaire) -> None:
    answers = questionnaire.answer("x", Given({"cloud": "gcp"}), Given({"cloud": "azure", "jwt": "no"}))

    assert (answers["cloud"], answers["jwt"]) == ("gcp", False)


@pytest.mark.parametrize("missing", [{"broker": "none"}, {"redis": False}, {"pictures": False}])
def test_the_shop_is_no_default_without_what_it_needs(
    questionnaire: Questionnaire, missing: dict[str, object]
) -> None:
    assert questionnaire.answer("x", Given(missing))["shop"] is False


@pytest.mark.parametrize("given", ["sentry,prometheus", "[prometheus, sentry]", ["prometheus", "sentry"]])
def test_several_choices_may_be_given_as_text(questionnaire: Questionnaire, given: object) -> None:
    answers = questionnaire.answer("x", Given({"monitoring": given}))

    assert answers["monitoring"] == ["sentry", "prometheus"]  # in the questions' order


def test_what_follows_from_others_is_not_remembered(questionnaire: Questionnaire) -> None:
    remembered = questionnaire.remembered(questionnaire.answer("x"))

    assert "celery" not in remembered
    assert "_folder_name" not in remembered
    assert remembered["broker"] == "redis"


@pytest.mark.parametrize(
    ("given", "found", "remedy"),
    [
        ({"colour": "red"}, "'colour', which is not asked", "The questions are: project_name, "),
        ({"preset": "big"}, "'big'", "Choose from: full, web, api, minimal."),
        ({"broker": ["redis"]}, "['redis']", "Give text."),
        ({"jwt": "perhaps"}, "'perhaps'", "Answer yes or no."),
        ({"monitoring": "sentry,nagios"}, "'nagios'", "Choose from: sentry, opentelemetry, prometheus."),
        ({"monitoring": 3}, "3", "Give a list of sentry, opentelemetry, prometheus."),
        ({"project_name": "a\nb"}, "'a\\nb'", "It has the invisible character U+000A."),
        ({"project_slug": "My Shop"}, "'My Shop'", "such as my_shop."),
        ({"domain": "localhost"}, "'localhost'", "such as shop.example.com"),
        ({"description": "x" * 201}, repr("x" * 201), "at most 200"),
        ({"broker": "none", "shop": True}, "True", "The shop needs Redis"),
        (
            {"preset": "minimal", "shop": "yes"},
            "True",
            "redis=false, broker=none, events=false, pictures=false",
        ),
    ],
)
def test_a_bad_answer_is_refused_with_the_reason(
    questionnaire: Questionnaire, given: dict[str, object], found: str, remedy: str
) -> None:
    with pytest.raises(UserError) as caught:
        questionnaire.answer("x", Given(given, "answers.yml"))

    assert caught.value.found == found
    assert remedy in caught.value.remedy


def test_only_what_is_neither_given_nor_computed_is_asked(questionnaire: Questionnaire) -> None:
    asked: dict[str, Any] = {}

    def ask(question: Question, default: Any, error: Callable[[Any], str]) -> Any:
        asked[question.name] = default
        assert error(default) == ""
        return "rabbitmq" if question.name == "broker" else default

    answers = questionnaire.answer("x", Given({"preset": "web"}), ask=ask)

    assert set(asked) == set(questionnaire.remembered(answers)) - {"preset"}
    assert asked["shop"] is False
    assert (answers["broker"], answers["rabbitmq"], answers["redis_broker"]) == ("rabbitmq", True, False)


def test_a_folder_without_questions_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        Questionnaire(tmp_path / "copier.yml").answer("x")

    assert caught.value.found == "no copier.yml"
    assert caught.value.where == str(tmp_path)
