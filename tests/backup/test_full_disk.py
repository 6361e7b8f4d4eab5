"""A restore for which the server has no room."""

from __future__ import annotations

import contextlib
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.backup.restoring import NOTHING, fingerprints, nothing_changes, restore
from tests.cli.calling import call
from tests.fix_postgres import PointTo
from thoth_storages.ephemeral import Cluster
from thoth_storages.exceptions import BackupError

#: More than a file of the write-ahead log has, and less than the table of the dump.
MOST_BYTES = 20 * 2**20
#: psql takes it for a dump; so it needn't be as large as what it makes.
LARGE_DUMP = """\
CREATE TABLE public.word (text text);
INSERT INTO public.word SELECT repeat('x', 1000) FROM generate_series(1, 24000);
--
-- PostgreSQL database dump complete
--
"""


@pytest.fixture(scope="module")
def full_server() -> Iterator[Cluster]:
    """A server whose files can't grow as they would have to: to it that is a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with contextlib.ExitStack() as stack:
        # whoever is started inherits the limit
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, limits[1]))
        try:
            cluster = stack.enter_context(Cluster())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        yield cluster


@pytest.fixture
def large_dump(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    path.write_text(LARGE_DUMP)
    return path


@pytest.mark.parametrize("replace", [False, True])
def test_it_fails_and_leaves_the_database_as_it_was(full_server: Cluster, large_dump: Path, replace: bool) -> None:
    database = full_server.create_database(f"full_{replace}")
    if replace:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE TABLE precious AS SELECT 7 AS value")
    with (
        nothing_changes(database),
        pytest.raises(
            BackupError,
            match=rf"^psql ended with code 3: .*ERROR: +could not extend file .*: File too large.*\n{NOTHING}$",
        ),
    ):
        restore(large_dump, database, replace=replace)
    assert list(fingerprints(database)) == (["public.precious"] if replace else [])


def test_the_command_says_so_and_fails(full_server: Cluster, large_dump: Path, point_to: PointTo) -> None:
    point_to(full_server.create_database("full"))
    result = call("backup", "restore", "--local", str(large_dump))
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(
        r"Error: psql ended with code 3: .*could not extend file .*; nothing was restored into database '\w*full'\n",
        result.stderr,
    )
