"""Findings as programs read them."""

from __future__ import annotations

import json

import pytest

from thoth_storages.sql.checking.finding import Finding
from thoth_storages.sql.checking.formats import FORMATS, as_github, as_json, as_sarif, as_text
from thoth_storages.sql.checking.rule import all_rules
from thoth_storages.sql.lexer import Place

FINDING = Finding("loader", Place("a b/ö.sql", 3, 8), "what: 50 %, of it", "why", "how", "SELECT a")
OTHER = Finding("total-order", Place("/abs/c.sql", 1), "what\nelse", "why", "how")


def test_every_format_writes_nothing_of_nothing() -> None:
    assert {name: write([]) for name, write in FORMATS.items() if name != "sarif"} == {
        "text": "",
        "json": "[]",
        "github": "",
    }


def test_text_is_for_people() -> None:
    assert as_text([FINDING, OTHER]) == f"{FINDING}\n{OTHER}"


def test_json_has_a_line_for_each_finding() -> None:
    written = as_json([FINDING, OTHER])
    assert len(written.split("\n")) == 4
    assert json.loads(written)[0] == {
        "rule": "loader",
        "file": "a b/ö.sql",
        "line": 3,
        "column": 8,
        "what": "what: 50 %, of it",
        "why": "why",
        "remedy": "how",
    }


def test_github_is_told_by_commands_in_which_nothing_is_taken_for_a_command() -> None:
    assert as_github([FINDING, OTHER]).split("\n") == [
        "::error file=a b/ö.sql,line=3,col=8,title=loader::what: 50 %25, of it · why · how",
        "::error file=/abs/c.sql,line=1,col=1,title=total-order::what%0Aelse · why · how",
    ]
    awkward = Finding("loader", Place("a:b,c%.sql", 1), "what", "why", "how")
    assert as_github([awkward]).startswith("::error file=a%3Ab%2Cc%25.sql,line=1,")


class TestSarif:
    def test_a_log_names_the_rules_and_the_places(self) -> None:
        log = json.loads(as_sarif([FINDING, OTHER]))
        assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
        run = log["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == [rule.name for rule in all_rules()]
        first, second = run["results"]
        assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "loader"
        assert first["message"] == {"text": "what: 50 %, of it · why · how"}
        place = first["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "a%20b/%C3%B6.sql"}
        assert place["region"] == {"startLine": 3, "startColumn": 8, "snippet": {"text": "SELECT a"}}
        assert second["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///abs/c.sql"}

    def test_a_run_without_findings_has_an_empty_list_of_results(self) -> None:
        assert json.loads(as_sarif([]))["runs"][0]["results"] == []

    @pytest.mark.parametrize("findings", [[], [FINDING, OTHER]])
    def test_only_what_the_standard_knows_is_written(self, findings: list[Finding]) -> None:
        run = json.loads(as_sarif(findings))["runs"][0]
        assert set(run) == {"tool", "columnKind", "results"}
        assert run["columnKind"] == "unicodeCodePoints"
        for result in run["results"]:
            assert set(result) == {"ruleId", "ruleIndex", "level", "message", "locations"}
            assert result["level"] in ("none", "note", "warning", "error")
