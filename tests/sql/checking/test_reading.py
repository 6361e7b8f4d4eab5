"""Reading files for a check: every mistake is noted, and what can be read is."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_storages.sql.catalog import QUERIES_FOLDER
from thoth_storages.sql.checking.reading import packaged_files, read
from thoth_storages.sql.checking.session import Connection, Session
from thoth_storages.sql.checking.subject import Checked
from thoth_storages.sql.lexer import Place

GOOD = "-- name: get_{0}_all\n-- returns: [a]\nSELECT 1 AS a;\n"
BAD = "-- name: get_{0}_all\n-- retruns: [a]\nSELECT 1 AS a;\n"


def refuse() -> Connection:
    raise AssertionError("reading asks no server")


def reading(*paths: Path) -> Checked:
    return read(paths, Session(refuse))


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(checked: Checked) -> list[str]:
    return [str(problem) for file in checked.files for problem in file.problems]


class TestFiles:
    def test_what_can_be_read_is_and_every_mistake_is_noted(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.sql", BAD.format("a") + GOOD.format("b") + BAD.format("c"))
        checked = reading(path)
        assert [query.name for query in checked.queries] == ["get_b_all"]
        meant = "unknown key 'retruns'; did you mean 'returns'?"
        assert problems(checked) == [f"{path}:2:1: {meant}", f"{path}:8:1: {meant}"]

    def test_a_quotation_that_is_never_closed_is_noted_once_and_the_rest_is_read(self, tmp_path: Path) -> None:
        opened = "-- name: get_b_all\n-- returns: [a]\nSELECT 'open AS a;\n"
        path = written(tmp_path / "a.sql", GOOD.format("a") + opened + GOOD.format("c"))
        checked = reading(path)
        assert [query.name for query in checked.queries] == ["get_a_all", "get_c_all"]
        assert problems(checked) == [f"{path}:6:8: ' opens a quotation or comment that is never closed"]

    def test_what_is_not_utf_8_is_a_mistake_at_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sql"
        path.write_bytes(b"-- a remark\n-- Gr\xf6\xdfe\n")
        checked = reading(path)
        assert problems(checked) == [f"{path}:2:1: this isn't UTF-8: invalid start byte"]
        finding = checked.files[0].finding("loader", Place(str(path), 2), "what", why="why", remedy="how")
        assert finding.source_line == "-- Gr��e"

    def test_a_file_that_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            reading(tmp_path / "none.sql")

    def test_a_file_that_is_named_twice_is_read_once(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.sql", GOOD.format("a"))
        assert len(reading(path, path).files) == 1


class TestNames:
    def test_are_taken_once_in_the_files_of_a_folder(self, tmp_path: Path) -> None:
        first, second = (written(tmp_path / f"{name}.sql", GOOD.format("a")) for name in "ab")
        checked = reading(first, second)
        assert problems(checked) == [f"{second}:1:1: the name 'get_a_all' is taken by {first}:1"]
        assert [query.file.path for query in checked.queries] == [first]

    def test_may_be_the_same_in_different_folders(self, tmp_path: Path) -> None:
        files = [written(tmp_path / folder / "a.sql", GOOD.format("a")) for folder in ("one", "other")]
        assert problems(reading(*files)) == []

    def test_of_a_packaged_file_are_compared_with_those_of_the_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = written(tmp_path / "a.sql", GOOD.format("a"))
        path = written(tmp_path / "b.sql", GOOD.format("a"))
        monkeypatch.setattr("thoth_storages.sql.checking.reading.QUERIES_FOLDER", tmp_path)
        assert problems(reading(path)) == [f"{path}:1:1: the name 'get_a_all' is taken by {other}:1"]

    def test_of_a_sub_folder_are_apart(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = [written(tmp_path / place, GOOD.format("a")) for place in ("a.sql", "sync/a.sql")]
        monkeypatch.setattr("thoth_storages.sql.checking.reading.QUERIES_FOLDER", tmp_path)
        checked = reading(*files)
        assert problems(checked) == []
        assert [query.qualified_name for query in checked.queries] == ["get_a_all", "sync.get_a_all"]


class TestThePackage:
    @pytest.fixture(scope="class")
    @staticmethod
    def whole() -> Checked:
        """All its files."""
        return reading(*packaged_files())

    def test_has_no_problems(self, whole: Checked) -> None:
        assert problems(whole) == []
        assert whole.is_whole

    def test_has_queries_in_its_folder_and_in_sub_folders(self, whole: Checked) -> None:
        assert {file.namespace for file in whole.files} == {"", "sync"}

    def test_is_not_whole_without_one_of_its_files(self) -> None:
        assert not reading(*packaged_files()[1:2]).is_whole

    def test_is_known_by_any_path(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(QUERIES_FOLDER / "sync")
        assert reading(Path("solver.sql")).files[0].namespace == "sync"


class TestPlaces:
    def test_a_key_of_a_header_is_found_and_a_missing_one_is_where_the_name_is(self, tmp_path: Path) -> None:
        text = "\n-- name: get_a_all\n-- Prose.\n-- params: b,\n--     c\n-- returns: [a]\nSELECT :b AS a, :c"
        (query,) = reading(written(tmp_path / "a.sql", text)).queries
        assert [query.key_place(key).line for key in ("params", "returns", "cache")] == [4, 6, 2]
