"""Look in the migrations for what would hurt a database in use, with squawk: a part of ``make lint``.

``.squawk.toml`` says which of its rules are off, and why. Left out are the baseline, which is as the original made it
and meets no rows, and the rollbacks, whose work is to take away.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

from thoth_storages.sql.migrating import DIRECTORY, Migration, Stage, read_migrations

PROGRAM = Path(sys.executable).with_name("squawk")
CONFIGURATION = Path(__file__).parents[1] / ".squawk.toml"

LAST_REPAIR = "0036.adviser-indexes"
"""The last of the migrations that adopt a database of the original. They are released: changing one is refused."""
EXCUSES = {
    "require-concurrent-index-creation": "merging duplicates and the key that keeps them away are one transaction: a "
    "writer would add the next duplicate between them. The other indexes are of the same, one-time adoption. Writers "
    "wait for a file at a time, 9 s for 1.9 million dependencies (see benchmarks.adopt), and readers go on",
    "require-concurrent-index-deletion": "an index goes in the transaction that makes what replaces it, or by itself, "
    "which takes milliseconds",
    "ban-drop-constraint": "foreign keys are made anew at once; of the unique constraints there is a wider key",
    "constraint-missing-not-valid": "of a column that is made in the same statement, so no row can break it",
    "ban-drop-not-null": "the original never reads a NULL there, as it can't store the rows that have one",
}
"""What the repairs are excused from."""


def groups(directory: Path = DIRECTORY) -> list[tuple[list[str], list[Migration]]]:
    """Sort migrations by how squawk is to look at them: its options, and the migrations."""
    looked_at = [each for each in read_migrations(directory) if each.stage is not Stage.BASELINE]
    later = [each for each in looked_at if each.id > LAST_REPAIR]
    found = [
        (["--assume-in-transaction", *excusing(EXCUSES)], [each for each in looked_at if each not in later]),
        (["--assume-in-transaction"], [each for each in later if each.transactional]),
        (["--no-assume-in-transaction"], [each for each in later if not each.transactional]),
    ]
    return [(options, migrations) for options, migrations in found if migrations]


def excusing(rules: Iterable[str]) -> list[str]:
    """Make the options that switch rules off; they would take the place of the configuration's, so those are in it."""
    everywhere = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["excluded_rules"]
    return ["--exclude", ",".join([*everywhere, *rules])]


def look(options: Iterable[str], migrations: Iterable[Migration], *, output: int | None = None) -> int:
    """Run squawk over migrations, and answer its exit code: 0 when it finds nothing."""
    command = [str(PROGRAM), "--config", str(CONFIGURATION), *options, *(str(each.path) for each in migrations)]
    return subprocess.run(command, check=False, stdout=output, stderr=output).returncode


def main(directory: Path = DIRECTORY, *, output: int | None = None) -> int:
    """Look at every migration; answers 1 when something was found."""
    return max([look(options, migrations, output=output) for options, migrations in groups(directory)], default=0)


if __name__ == "__main__":
    sys.exit(main())
