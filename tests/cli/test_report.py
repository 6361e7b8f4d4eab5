"""``thoth-storages report``: a page on the state of a deployment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.fix_postgres import PointTo


def test_a_page_is_written_and_what_it_lacks_is_said(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    out = tmp_path / "out.html"
    result = call("report", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{out}: written, without Slow queries, Backups\n"
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_the_steps_can_be_chosen(original_database: str, point_to: PointTo, tmp_path: Path, unit: str) -> None:
    point_to(original_database)
    call("report", "--by", unit, str(tmp_path / "out.html"))
    assert f"Each step is a {unit}" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_passwords_are_not_on_the_page(
    database: str, point_to: PointTo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(database)
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "not-for-the-page")
    call("report", str(tmp_path / "out.html"))
    assert "not-for-the-page" not in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_server_that_cannot_be_reached_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "127.0.0.1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "1")
    result = call("report", str(tmp_path / "out.html"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Can't connect to database ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    result = call("report", str(tmp_path / "missing" / "out.html"))
    assert (result.exit_code, "No such file or directory" in result.stderr) == (1, True)


def test_the_page_has_to_be_named() -> None:
    assert call("report").exit_code == 2
