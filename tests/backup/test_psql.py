"""psql in one transaction: what it is asked before that is kept, and what undoes it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.backup.restoring import fingerprints
from tests.backup.test_dump import programs_with
from thoth_storages.backup.fingerprint import Ask
from thoth_storages.backup.programs import Access
from thoth_storages.backup.psql import run_script
from thoth_storages.ephemeral import BINDIR_VARIABLE
from thoth_storages.exceptions import BackupError

SCRIPT = [b"CREATE TABLE word (text text);\n", b"COPY word FROM stdin;\n", b"one\n", b"two\n", b"\\.\n"]


def count(ask: Ask) -> int:
    [(number,)] = ask("SELECT count(*) FROM word")
    return int(number)


def test_it_is_asked_what_the_script_did_before_anybody_else_sees_it(empty_database: str) -> None:
    def finish(ask: Ask) -> int:
        assert fingerprints(empty_database) == {}
        return count(ask)

    assert run_script(SCRIPT, Access.of(empty_database), finish) == 2
    assert fingerprints(empty_database)["public.word"].rows == 2


@pytest.mark.parametrize(
    "value",
    ["", "a,b", 'say "no"', "two\nlines", "back\\slash", "Ångström", "t", "\\.", "a long one " * 5_000],
    ids=lambda value: repr(value)[:12],
)
def test_an_answer_is_what_the_server_said(empty_database: str, value: str) -> None:
    def finish(ask: Ask) -> list[object]:
        quoted = value.replace("'", "''")
        return [*ask(f"SELECT '{quoted}', 1 WHERE TRUE"), *ask("SELECT WHERE FALSE")]

    # a dump sets the encoding of what it says
    script = [b"SET client_encoding = 'LATIN1';\n"]
    assert run_script(script, Access.of(empty_database), finish) == [(value, "1")]


def test_what_the_script_selects_is_no_answer_however_much_it_is(empty_database: str) -> None:
    script = [*SCRIPT, b"SELECT repeat('x', 1000) FROM generate_series(1, 2000);\n"]
    assert run_script(script, Access.of(empty_database), count) == 2


def test_who_raises_when_asking_undoes_it(empty_database: str) -> None:
    def finish(ask: Ask) -> None:
        raise LookupError(count(ask))

    with pytest.raises(LookupError, match="2"):
        run_script(SCRIPT, Access.of(empty_database), finish)
    assert fingerprints(empty_database) == {}


def test_a_question_that_the_server_refuses_undoes_it(empty_database: str) -> None:
    with pytest.raises(BackupError, match=r'^psql ended with code 3: .*relation "sentence" does not exist'):
        run_script(SCRIPT, Access.of(empty_database), lambda ask: ask("SELECT FROM sentence"))
    assert fingerprints(empty_database) == {}


def test_what_the_end_of_the_transaction_refuses_is_told(empty_database: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("CREATE TABLE word (text text UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    script = [*SCRIPT[1:3], b"one\n", b"\\.\n"]
    with pytest.raises(BackupError, match=r"^psql ended with code 3: .*duplicate key"):
        run_script(script, Access.of(empty_database), count)
    assert fingerprints(empty_database)["public.word"].rows == 0


def test_a_psql_that_ends_before_it_has_answered_is_no_success(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BINDIR_VARIABLE, programs_with(tmp_path / "bin", "psql", "cat >/dev/null & exit 0"))
    with pytest.raises(BackupError, match=r"^psql ended with code 0$"):
        run_script(SCRIPT, Access.of(empty_database), count)
