"""What a document of Dependency Monkey says, as rows: a pure function from the document, which is never changed.

Dependency Monkey makes stacks for a project and has each inspected by Amun, whose answer is the inspection's id.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..enums import EnvironmentTypeEnum
from .adviser_arguments import read_adviser_arguments
from .document import read_run
from .environment import Hardware, SoftwareEnvironment, read_runtime_environment
from .fields import Section
from .stack import Requirement, read_requirements

_LOGGER = logging.getLogger(__name__)

PREFIX = "dependency-monkey-"
MOST_RESULTS = 1_000_000
"""More results than this no run asks for: it would be a mistake in the document."""

# Each inspection is locked, and a server keeps a few thousand locks for all of its transactions together: counted so,
# a batch of documents ends at 500.
_ROWS_A_LOCK = 20


class DependencyMonkeyRun(NamedTuple):
    """A run of Dependency Monkey, in the order of the table's columns."""

    dependency_monkey_document_id: str
    datetime: dt.datetime
    dependency_monkey_name: str
    dependency_monkey_version: str
    seed: int | None
    decision: str
    stack_count: int | None
    """How many stacks it was to make at most."""
    limit_latest_versions: int | None
    debug: bool | None
    dependency_monkey_error: bool
    duration: int | None
    """In seconds."""


class RequestedInspection(NamedTuple):
    """An inspection that a run asked for."""

    document_id: str
    result_count: int
    """How many results it will have, numbered from 0."""


@dataclass(frozen=True, slots=True)
class DependencyMonkeyRows:
    """The rows of one document."""

    run: DependencyMonkeyRun
    hardware: Hardware
    run_environment: SoftwareEnvironment
    build_environment: SoftwareEnvironment
    requirements: frozenset[Requirement] = frozenset()
    inspections: tuple[RequestedInspection, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows, or what the locks weigh where that is more."""
        inspections = sum(max(_ROWS_A_LOCK, inspection.result_count) for inspection in self.inspections)
        return 1 + len(self.requirements) + inspections


def dependency_monkey_rows(document: Mapping[str, Any]) -> DependencyMonkeyRows:
    """Answer the rows that a document of Dependency Monkey stands for.

    A run that failed has asked for no inspections: it is stored with its error, and a warning is logged, as one is for
    stacks that weren't inspected. Raises DocumentError, which names the document and the path of the field, for what
    isn't such a document or lacks a needed field; NoDocumentIdError when it is the id that is missing.
    """
    run = read_run(document, PREFIX)
    result = Section(document, run.document_id).section("result")
    parameters = result.section("parameters")
    report = _read_report(result, run.document_id)
    project = parameters.absent_section("project")
    environment = project and project.absent_section("runtime_environment")
    hardware, run_environment = read_runtime_environment(environment, EnvironmentTypeEnum.RUNTIME)
    _, build_environment = read_runtime_environment(environment, EnvironmentTypeEnum.BUILDTIME)
    return DependencyMonkeyRows(
        DependencyMonkeyRun(
            run.document_id,
            run.datetime,
            run.analyzer,
            run.analyzer_version,
            parameters.optional_integer("seed"),
            parameters.needed_long_text("decision_type"),
            parameters.optional_integer("count"),
            parameters.optional_integer("limit_latest_versions"),
            read_adviser_arguments(document, run.document_id).verbose,
            report is None or bool(result.flag("error")),
            run.duration,
        ),
        hardware,
        run_environment,
        build_environment,
        read_requirements(project and project.absent_section("requirements")) or frozenset(),
        () if report is None else _read_inspections(report, parameters, run.document_id),
    )


def _read_report(result: Section, document_id: str) -> Section | None:
    """Answer what a run reports, or None of one that failed."""
    report = result.absent_section("report")
    if report is not None and "ERROR" not in report:
        return report
    reason = None if report is None else report.prose("ERROR")
    _LOGGER.warning("%s: the run failed (%s), no inspections are stored", document_id, reason or "without a report")
    return None


def _read_inspections(report: Section, parameters: Section, document_id: str) -> tuple[RequestedInspection, ...]:
    answers = [response.optional_text("response") for response in report.sections("responses")]
    inspected = dict.fromkeys(answer for answer in answers if answer is not None)
    if None in answers:
        _LOGGER.warning("%s: %d stacks weren't inspected, not stored", document_id, answers.count(None))
    result_count = _read_result_count(parameters)
    if result_count * len(inspected) > MOST_RESULTS:
        raise parameters.refusal("count", f"a number that gives the inspections at most {MOST_RESULTS} results")
    return tuple(RequestedInspection(inspection_id, result_count) for inspection_id in inspected)


def _read_result_count(parameters: Section) -> int:
    """Answer how many results each inspection has: where that isn't told, there is one to be expected at least."""
    count = parameters.optional_integer("count")
    if count is not None and count < 0:
        raise parameters.refusal("count", "a number from 0, or null,")
    return 1 if count is None else count
