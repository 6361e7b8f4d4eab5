"""What came into the graph over time: packages, results of solvers, analyses of images, other documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ...sql.named import queries
from ...words import number, percent
from ..model import Chart, Column, Fact, Section, Series, Table
from ..periods import Periods, Unit

if TYPE_CHECKING:
    from ...sql.named import GetDocumentsByDayRecord, GetNewPackagesByDayRecord, GetSolverResultsByDayRecord

SYNC_BRINGS_THEM = "'thoth-storages sync' brings documents in"
IMAGES = "package-extract"
KINDS = {
    "solver": "Solver",
    IMAGES: "Image analyses",
    "adviser": "Adviser",
    "provenance-checker": "Provenance checker",
    "dependency-monkey": "Dependency Monkey",
    "inspection": "Inspections",
    "security-indicators": "Security indicators",
}
"""What the kinds of documents are called here."""


def growth(connection: Any, documents: Sequence[GetDocumentsByDayRecord], unit: Unit | None = None) -> Section:
    """Show the graph over time, in periods of ``unit`` or of what suits; raises psycopg's errors."""
    results = queries._get_solver_results_by_day(connection)
    new = queries._get_new_packages_by_day(connection)
    if not documents:
        return Section("Over time", notes=[f"No document was synced yet: {SYNC_BRINGS_THEM}."])
    periods = Periods.of([row["day"] for row in documents], unit)
    charts = [_packages(new, periods), _solver(results, periods)] if results else []
    charts += [_kind(kind, documents, periods) for kind in KINDS if kind != "solver" and _is_there(kind, documents)]
    return Section("Over time", facts=_facts(documents, results, new), charts=charts, notes=[_note(periods)])


def _facts(
    documents: Sequence[GetDocumentsByDayRecord],
    results: Sequence[GetSolverResultsByDayRecord],
    new: Sequence[GetNewPackagesByDayRecord],
) -> list[Fact]:
    solved, errors = (sum(row[key] for row in results) for key in ("results", "errors"))
    return [
        Fact("Packages", number(sum(row["packages"] for row in new))),
        Fact("Package versions", number(sum(row["package_versions"] for row in new))),
        Fact("Results of solvers", number(solved)),
        Fact("of them errors", number(errors), remark=percent(errors, solved)),
        Fact("Image analyses", number(sum(row["documents"] for row in documents if row["kind"] == IMAGES))),
    ]


def _note(periods: Periods) -> str:
    counted = "Counted by when a document was made, not by when it was synced; times are in UTC."
    begin = "; a week is named by its Monday" if periods.unit is Unit.WEEK else ""
    return f"Each step is a {periods.unit.value}{begin}. {counted}"


def _packages(new: Iterable[GetNewPackagesByDayRecord], periods: Periods) -> Chart:
    rows = list(new)
    added = {
        "Package versions": periods.sums((row["day"], row["package_versions"]) for row in rows),
        "Packages": periods.sums((row["day"], row["packages"]) for row in rows),
    }
    totals = {name: list(accumulate(values)) for name, values in added.items()}
    columns = {"New versions": added["Package versions"], "New packages": added["Packages"]}
    shown = {"Versions": totals["Package versions"], "Packages": totals["Packages"], **columns}
    return _chart("Packages and their versions that solvers have seen", "in all", periods, totals, shown, is_line=True)


def _solver(results: Iterable[GetSolverResultsByDayRecord], periods: Periods) -> Chart:
    rows = list(results)
    sums: dict[str, list[int]] = {
        "Results": periods.sums((row["day"], row["results"]) for row in rows),
        "Errors": periods.sums((row["day"], row["errors"]) for row in rows),
        "unsolvable": periods.sums((row["day"], row["unsolvable"]) for row in rows),
        "unparseable": periods.sums((row["day"], row["unparseable"]) for row in rows),
    }
    return _stacked("Results of solvers", "results", periods, "solved", sums)


def _kind(kind: str, documents: Iterable[GetDocumentsByDayRecord], periods: Periods) -> Chart:
    rows = [row for row in documents if row["kind"] == kind]
    sums = {
        "Documents": periods.sums((row["day"], row["documents"]) for row in rows),
        "Errors": periods.sums((row["day"], row["errors"]) for row in rows),
    }
    return _stacked(KINDS[kind], "documents", periods, "succeeded", sums)


def _stacked(title: str, what: str, periods: Periods, good: str, sums: Mapping[str, Sequence[int]]) -> Chart:
    """The first of the sums is the whole, the second what of it are errors."""
    whole, errors, *_ = sums.values()
    fine = [total - failed for total, failed in zip(whole, errors, strict=True)]
    bars = {good: fine, "errors": errors} if any(errors) else {good: fine}
    return _chart(title, f"{what} a {periods.unit.value}", periods, bars, sums)


def _chart(
    title: str,
    unit: str,
    periods: Periods,
    drawn: Mapping[str, Sequence[int]],
    told: Mapping[str, Sequence[int]],
    *,
    is_line: bool = False,
) -> Chart:
    columns = [Column(periods.unit.value.capitalize()), *(Column(name, number, is_number=True) for name in told)]
    rows = list(zip(periods.labels, *told.values(), strict=True))
    series = [Series(name, values) for name, values in drawn.items()]
    return Chart(title, periods.labels, series, Table(title, columns, rows[::-1]), unit, is_line)


def _is_there(kind: str, documents: Iterable[GetDocumentsByDayRecord]) -> bool:
    return any(row["kind"] == kind for row in documents)
