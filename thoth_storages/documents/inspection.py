"""What inspection documents say, as rows: a pure function from the document.

An inspection builds a stack into an image and runs a script in it, several times. The result of each run has a number,
and is a document of its own, ``{"document_id", "result_number", "specification", "result"}``. Amun keeps specification
and results in files, see ``inspection_files``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..enums import EnvironmentTypeEnum, SoftwareStackTypeEnum
from ..exceptions import DocumentError, NoDocumentIdError
from .environment import Hardware, SoftwareEnvironment, read_hardware, read_runtime_environment
from .fields import Section
from .performance_indicators import Measurement, read_measurement
from .resources import read_cores, read_gibibytes
from .solver_name import Environment
from .stack import Stack, read_locked, read_requirements

_PREFIX = "inspection-"


class Requests(NamedTuple):
    """What a build or a run asked of the cluster."""

    cpu: float | None
    """In cores."""
    memory: float | None
    """In GiB."""


class InspectionRun(NamedTuple):
    """One result of an inspection, as its document describes it."""

    document_id: str
    result_number: int
    datetime: dt.datetime | None
    build_requests: Requests
    run_requests: Requests
    build_hardware: Hardware
    run_hardware: Hardware
    build_environment: SoftwareEnvironment
    run_environment: SoftwareEnvironment
    stack: Stack | None


@dataclass(frozen=True, slots=True)
class InspectionRows:
    """The rows of one document."""

    run: InspectionRun
    measurement: Measurement | None

    @property
    def size(self) -> int:
        """The number of rows."""
        stack = self.run.stack
        of_stack = 0 if stack is None else 1 + len(stack.locked) + len(stack.requirements or ())
        hardware_and_environments = 4
        return 1 + hardware_and_environments + of_stack + (self.measurement is not None)


def inspection_rows(document: Mapping[str, Any]) -> InspectionRows:
    """Answer the rows that an inspection document stands for.

    Parameters and results of a performance indicator for which there is no column are logged and left out.

    Raises DocumentError, which names the document and the path of the field, for what isn't an inspection document or
    lacks a needed field; NoDocumentIdError when it is the id that is missing; PerformanceIndicatorNotRegisteredError
    for the report of an indicator that has no table.
    """
    document_id = _read_document_id(document)
    whole = Section(document, document_id)
    specification, result = whole.section("specification"), whole.section("result")
    build_requests = specification.section_or_empty("build").section_or_empty("requests")
    run_requests = specification.section_or_empty("run").section_or_empty("requests")
    runtime_environment = result.absent_section("runtime_environment")
    run_hardware, run_environment = read_runtime_environment(runtime_environment, EnvironmentTypeEnum.RUNTIME)
    _, build_environment = read_runtime_environment(runtime_environment, EnvironmentTypeEnum.BUILDTIME)
    run = InspectionRun(
        document_id,
        _read_result_number(whole),
        specification.moment("@created") if specification.holds_anything("@created") else None,
        _read_requests(build_requests),
        _read_requests(run_requests),
        read_hardware(build_requests.absent_section("hardware")),
        run_hardware,
        build_environment,
        run_environment,
        _read_stack(specification, run_environment.solver_environment),
    )
    return InspectionRows(run, read_measurement(specification, result, document_id))


def _read_document_id(document: Mapping[str, Any]) -> str:
    whole = Section(document, "a document without an id")
    document_id = whole.optional_text("document_id")
    if document_id is None:
        raise NoDocumentIdError(str(whole.refusal("document_id", "the document's id")))
    if not document_id.startswith(_PREFIX):
        raise DocumentError(f"{document_id}: document_id: an id that begins with {_PREFIX!r} is needed")
    return document_id


def _read_result_number(whole: Section) -> int:
    number = whole.optional_integer("result_number")
    if number is None or number < 0:
        raise whole.refusal("result_number", "the number of the result, from 0,")
    return number


def _read_requests(requests: Section) -> Requests:
    return Requests(read_cores(requests, "cpu"), read_gibibytes(requests, "memory"))


def _read_stack(specification: Section, environment: Environment | None) -> Stack | None:
    if not specification.holds_anything("python"):
        return None
    python = specification.section("python")
    requirements = read_requirements(python.absent_section("requirements"))
    locked = read_locked(python.section("requirements_locked"))
    return Stack(SoftwareStackTypeEnum.INSPECTION.value, None, None, requirements, locked or frozenset(), environment)
