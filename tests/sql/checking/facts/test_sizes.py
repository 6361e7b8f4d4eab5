"""The file that says how large the tables are."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.checking.facts.schema import read_schema
from thoth_storages.sql.checking.facts.sizes import SIZES, read_sizes
from thoth_storages.sql.checking.session import Connection

GOOD = "large = 100\nothers = 1_000\n[rows]\na = 5\n[distinct]\n'a.b' = 2\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sizes.toml"


def test_a_table_has_the_rows_that_are_told_or_those_of_others(path: Path) -> None:
    path.write_text(GOOD)
    sizes = read_sizes(path)
    assert (sizes.of("a"), sizes.of("z"), sizes.is_large("a"), sizes.is_large("z")) == (5, 1_000, False, True)
    assert sizes.distinct == {"a.b": 2}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("large = ", "this isn't TOML"),
        ("others = 1", "large takes a number of rows, 1 or more, not None"),
        (GOOD.replace("5", "0"), "a takes a number of rows, 1 or more, not 0"),
        (GOOD.replace("5", "true"), "a takes a number of rows, 1 or more, not True"),
        (GOOD.replace("5", "'many'"), "not 'many'"),
        ("sizes = 1\n" + GOOD, "unknown key 'sizes'; keys are large, others, rows, distinct"),
    ],
)
def test_what_it_cannot_mean_is_refused(path: Path, text: str, message: str) -> None:
    path.write_text(text)
    with pytest.raises(QueryError, match=message) as caught:
        read_sizes(path)
    assert str(caught.value).startswith(str(path))


def test_the_packages_file_tells_of_every_table_and_of_no_other(migrated: Connection) -> None:
    tables = {table.name for table in read_schema(migrated).values() if table.kind == "r" and not table.is_system}
    rows = {name for name in read_sizes().rows if not name.startswith("_yoyo_")}
    assert rows == {name for name in tables if not name.startswith("_yoyo_")}


def test_each_number_of_the_packages_file_says_why() -> None:
    lines = SIZES.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "=" in line and "#" not in line and not line.startswith("_yoyo_")] == []
