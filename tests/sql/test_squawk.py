"""What squawk says of the migrations, and of such as it should complain about."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.squawk import EXCUSES, LAST_REPAIR, PROGRAM, excusing, groups, look, main
from thoth_storages.sql.migrating import DIRECTORY, head, read_migrations

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="squawk isn't installed: it is in the extra dev")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A copy of the migrations."""
    return Path(shutil.copytree(DIRECTORY, tmp_path / "migrations"))


def test_nothing_is_found_that_is_not_explained() -> None:
    assert main() == 0


@pytest.mark.parametrize("rule", EXCUSES)
def test_no_rule_is_off_that_nothing_breaks(rule: str) -> None:
    _, repairs = groups()[0]
    assert repairs[-1].id == LAST_REPAIR
    others = excusing(other for other in EXCUSES if other != rule)
    assert look(["--assume-in-transaction", *others], repairs, output=subprocess.DEVNULL) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-- stage: pre\nALTER TABLE cve ADD COLUMN score text;", 0),
        ("-- stage: pre\nCREATE INDEX cve_link_idx ON cve (link);", 1),
        ("-- stage: post\nALTER TABLE cve DROP COLUMN link;", 1),
        (
            "-- stage: post\n-- Nothing reads it.\n-- squawk-ignore ban-drop-column\nALTER TABLE cve DROP COLUMN link;",
            0,
        ),
        (
            "-- stage: pre\n-- transactional: false\n"
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS cve_link_idx ON cve (link);",
            0,
        ),
        ("-- stage: pre\n-- transactional: false\nCREATE INDEX CONCURRENTLY cve_link_idx ON cve (link);", 1),
    ],
)
def test_a_new_migration_is_held_to_every_rule(directory: Path, text: str, found: int) -> None:
    (directory / "9998.new.sql").write_text(text + "\n", encoding="utf-8")
    assert head(directory) == "9998.new"
    assert main(directory, output=subprocess.DEVNULL) == found


def test_every_migration_but_the_baseline_is_looked_at() -> None:
    looked_at = {each.id for _, migrations in groups() for each in migrations}
    assert looked_at == {each.id for each in read_migrations() if each.id > "0011"}
