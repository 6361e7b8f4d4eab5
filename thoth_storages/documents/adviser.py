"""What a document of the adviser says, as rows: a pure function from the document, which is never changed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from ..enums import (
    EnvironmentTypeEnum,
    RecommendationTypeEnum,
    RequirementsFormatEnum,
    SoftwareStackTypeEnum,
    SourceTypeEnum,
)
from ..normalize import normalize_package_name
from .adviser_rows import AdviserRows, AdviserRun, KebechetRun
from .document import Run, read_run
from .environment import SoftwareEnvironment, read_runtime_environment
from .fields import Section
from .rows import Entity
from .solver_name import Environment
from .stack import ExternalStack, Stack, read_locked, read_requirements

_LOGGER = logging.getLogger(__name__)

_PREFIX = "adviser-"


def adviser_rows(document: Mapping[str, Any]) -> AdviserRows:
    """Answer the rows that a document of the adviser stands for.

    A run that failed may have no report, and one that failed early no parameters. Raises DocumentError, which names the
    document and the path of the field, for what isn't a document of the adviser or lacks a needed field. An integration
    that isn't known, and advised stacks that aren't locked or for an unknown environment, are logged and left out.
    """
    run = read_run(document, _PREFIX)
    root = Section(document, run.document_id)
    result = root.section("result")
    report = result.section_or_empty("report")
    project = result.section_or_empty("parameters").section_or_empty("project")
    hardware, environment = read_runtime_environment(
        project.absent_section("runtime_environment"), EnvironmentTypeEnum.RUNTIME
    )
    adviser_run = _read_adviser_run(root, run)
    advised = tuple(dict.fromkeys(_read_advised(report, environment, run.document_id)))
    return AdviserRows(
        adviser_run,
        hardware,
        environment,
        _read_user_stack(project),
        advised,
        tuple(dict.fromkeys(_read_unresolved(report))),
        _read_kebechet_run(adviser_run, environment) if advised else None,
    )


def _read_adviser_run(root: Section, run: Run) -> AdviserRun:
    result = root.section("result")
    arguments = root.section("metadata").section_or_empty("arguments")
    options = arguments.section_or_empty("thoth-adviser")
    asked = options.section_or_empty("metadata")
    # What the adviser was called with stands in both; a run that failed early has only the latter.
    parameters = [result.section_or_empty("parameters"), arguments.section_or_empty("advise")]
    has_report = result.holds_anything("report")
    return AdviserRun(
        run.document_id,
        run.datetime,
        run.analyzer_version,
        run.analyzer,
        stack_count=_read_integer("count", parameters),
        limit=_read_integer("limit", parameters),
        origin=asked.indexed_text("origin"),
        source_type=_read_source_type(asked, run.document_id),
        is_s2i=asked.flag("is_s2i"),
        debug=options.flag("verbose") or False,
        # A run without a report neither found its packages unresolved nor resolved them: it makes up for no other.
        re_run_adviser_id=asked.optional_text("re_run_adviser_id") if has_report else None,
        limit_latest_versions=_read_integer("limit_latest_versions", parameters),
        adviser_error=_read_error(result),
        recommendation_type=_read_member(RecommendationTypeEnum, "recommendation_type", parameters),
        requirements_format=_read_member(RequirementsFormatEnum, "requirements_format", parameters),
        duration=run.duration,
        advised_configuration_changes=result.holds_anything("advised_configuration"),
        additional_stack_info=result.holds_anything("stack_info"),
    )


def _read_integer(name: str, sections: list[Section]) -> int | None:
    return next((section for section in sections if name in section), sections[0]).optional_integer(name)


def _read_member(enumeration: type[Enum], name: str, sections: list[Section]) -> str:
    """Read the name of a member of an enumeration, in any case, from the first section that has it."""
    section = next((section for section in sections if section.holds_anything(name)), sections[0])
    text = (section.optional_text(name) or "").upper()
    known = [str(member.value) for member in enumeration]
    if text not in known:
        raise section.refusal(name, f"one of {', '.join(known)}")
    return text


def _read_error(result: Section) -> bool:
    error = result.flag("error")
    if error is None:
        raise result.refusal("error", "true or false")
    return error


def _read_source_type(asked: Section, document_id: str) -> str | None:
    source_type = asked.optional_text("source_type")
    if source_type is None or source_type.upper() in SourceTypeEnum.__members__:
        return source_type and source_type.upper()
    _LOGGER.warning("%s: the integration %r isn't known: the run is stored without one", document_id, source_type)
    return None


def _read_user_stack(project: Section) -> ExternalStack | None:
    requirements = read_requirements(project.absent_section("requirements"))
    locked = read_locked(project.absent_section("requirements_locked"))
    return None if requirements is None and locked is None else ExternalStack(requirements, locked)


def _read_advised(report: Section, software_environment: SoftwareEnvironment, document_id: str) -> Iterator[Stack]:
    for number, product in enumerate(report.optional_sections("products")):
        path = f"result.report.products[{number}]"
        project = product.section_or_empty("project")
        locked = project.absent_section("requirements_locked")
        if locked is None or not locked.names():
            _LOGGER.warning("%s: %s is advised without locked versions, not stored", document_id, path)
            continue
        environment = software_environment.solver_environment or _read_environment(project)
        if environment is None:
            _LOGGER.warning("%s: %s is advised for an unknown environment, not stored", document_id, path)
            continue
        yield Stack(
            SoftwareStackTypeEnum.ADVISED.value,
            _read_performance_score(product, document_id, path),
            product.optional_number("score"),
            read_requirements(project.absent_section("requirements")),
            read_locked(locked) or frozenset(),
            environment,
        )


def _read_environment(project: Section) -> Environment | None:
    """Read for what the adviser resolved a stack, where the user told it too little."""
    _, environment = read_runtime_environment(
        project.absent_section("runtime_environment"), EnvironmentTypeEnum.RUNTIME
    )
    return environment.solver_environment


def _read_performance_score(product: Section, document_id: str, path: str) -> float | None:
    scores = [
        entry.optional_number("performance_score")
        for entry in product.optional_sections("justification")
        if "performance_score" in entry
    ]
    if len(scores) > 1:
        _LOGGER.warning("%s: %s has several performance scores, the last is stored", document_id, path)
    return scores[-1] if scores else None


def _read_unresolved(report: Section) -> Iterator[Entity]:
    for package_name in report.section_or_empty("_ERROR_DETAILS").optional_texts("unresolved"):
        yield Entity(normalize_package_name(package_name), None, None)


def _read_kebechet_run(run: AdviserRun, environment: SoftwareEnvironment) -> KebechetRun | None:
    if run.source_type != SourceTypeEnum.KEBECHET.value:
        return None
    slug = run.origin and _slug(run.origin)
    if not slug:
        _LOGGER.warning(
            "%s: the origin %r names no repository: no installation of Kebechet tells of the run",
            run.document_id,
            run.origin,
        )
        return None
    return KebechetRun(slug, environment.environment_name)


def _slug(origin: str) -> str | None:
    """Answer ``owner/name`` of a repository's address: ``https://…/owner/name``, ``git@…:owner/name.git``."""
    parts = re.split(r"[/:]+", origin.rstrip("/").removesuffix(".git"))
    return "/".join(parts[-2:]) if len(parts) > 1 else None
