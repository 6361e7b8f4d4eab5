"""A finding as people read it."""

from __future__ import annotations

import pytest

from thoth_storages.sql.checking.finding import Finding
from thoth_storages.sql.lexer import Place


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("SELECT a", 8, "    " + " " * 7 + "^"),
        ("SELECT a", 1, "    ^"),
        ("\t\tSELECT a", 3, "    \t\t^"),
        ("a", 2, "     ^"),
    ],
)
def test_a_finding_shows_its_line_and_points_at_the_column(line: str, column: int, caret: str) -> None:
    finding = Finding("some-rule", Place("a/b.sql", 3, column), "what", "why", "how", line)
    assert str(finding) == f"a/b.sql:3:{column}: [some-rule] what · why · how\n    {line}\n{caret}"


def test_without_a_line_there_is_only_the_message() -> None:
    assert str(Finding("some-rule", Place("a.sql", 3), "what", "why", "how")) == (
        "a.sql:3:1: [some-rule] what · why · how"
    )
