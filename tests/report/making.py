"""A report made by hand, in which everything that a report may have is there."""

from __future__ import annotations

from thoth_storages.report.model import Chart, Column, Fact, Report, Section, Series, Table, Tone
from thoth_storages.words import number, size

LABELS = [f"2022-{month:02}" for month in range(1, 13)]
COLUMNS = (Column("Month"), Column("Solved", number, is_number=True), Column("Errors", number, is_number=True))
SOLVED, ERRORS = list(range(900, 2100, 100)), list(range(0, 120, 10))
BARS = Chart(
    "Results of solvers",
    LABELS,
    (Series("solved", SOLVED), Series("errors", ERRORS)),
    Table("Results of solvers", COLUMNS, list(zip(LABELS, SOLVED, ERRORS, strict=True))),
    "results a month",
)
LINE = Chart("Packages", LABELS, (Series("Packages", SOLVED),), Table("Packages", COLUMNS[:1], []), is_line=True)
SIZES = Table(
    "Tables, the largest first",
    (Column("Table"), Column("Size", size, bar=True)),
    [(f"has_external_python_requirement_lock_number_{each}", 2**20 * (20 - each)) for each in range(20)],
)
REPORT = Report(
    "State of <the> database",
    "Made today",
    [Fact("Schema", "up to date", Tone.GOOD), Fact("Backup", "none", Tone.BAD, remark="make one")],
    [
        Section("Over time", [Fact("Packages", "4,000")], [BARS, LINE], [], ["Times are in UTC."]),
        Section("Sizes", tables=[SIZES]),
        Section("Backups", problem="No object store & no backup."),
    ],
)
