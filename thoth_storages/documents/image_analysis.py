"""What an analysis of a container image (package-extract) says, as rows: a pure function from the document."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from ..enums import EnvironmentTypeEnum
from ..exceptions import CudaVersionDoesNotMatchError
from ..normalize import normalize_os_name, normalize_os_version, normalize_package_name, normalize_package_version
from .document import read_run
from .environment import SoftwareEnvironment
from .fields import LARGEST_BIG_INTEGER, LONGEST_INDEXED_BYTES, Section
from .image_analysis_rows import (
    AnalysisRun,
    DebianPackage,
    DebianRelation,
    DebianRelationKind,
    IdentifiedPackage,
    ImageAnalysisRows,
    PythonFile,
    PythonInterpreter,
    RPMPackage,
    RPMRequirement,
    Symbol,
)
from .image_reference import ImageReference, parse_image_reference
from .rows import Entity

_LOGGER = logging.getLogger(__name__)

PREFIX = "package-extract-"

_CUDA_FILE = "/usr/local/cuda/version.txt"
# PostgreSQL refuses to index a row over 2,704 bytes. The keys of packages hold up to seven values, each with a header.
_LONGEST_KEY = 2500
_THOTH_IMAGE_NAME, _THOTH_IMAGE_VERSION = _THOTH_IMAGE = ("THOTH_S2I_NAME", "THOTH_S2I_VERSION")

Row = TypeVar("Row")


def image_analysis_rows(document: Mapping[str, Any]) -> ImageAnalysisRows:
    """Answer the rows that a package-extract document stands for, none of them twice, in the document's order.

    What an image doesn't have (packages of another system, symbols, files) may be left out of the document. Raises
    DocumentError, which names the document and the path of the field, for what isn't such a document or lacks a needed
    field, and CudaVersionDoesNotMatchError for an image that reports two versions of CUDA. A failed analysis is stored
    with what it found, as long as it found out the image's operating system.
    """
    run = _read_run(document)
    result = Section(document, run.document_id).section("result")
    rpm_packages, rpm_requirements = _read_rpm_packages(result.optional_sections("rpm-dependencies"))
    debian_packages, debian_relations = _read_debian_packages(result.optional_sections("deb-dependencies"))
    return ImageAnalysisRows(
        run=run,
        identified_packages=_distinct(map(_read_python_package, result.optional_sections("python-packages"))),
        python_files=_distinct(map(_read_python_file, result.optional_sections("python-files"))),
        python_interpreters=_distinct(map(_read_interpreter, result.optional_sections("python-interpreters"))),
        symbols=_read_symbols(result.absent_section("system-symbols")),
        rpm_packages=rpm_packages,
        rpm_requirements=rpm_requirements,
        debian_packages=debian_packages,
        debian_relations=debian_relations,
    )


class _Arguments(NamedTuple):
    """How the analyser was called."""

    image: str
    environment_type: str
    is_external: bool
    origin: str | None
    debug: bool


class _OperatingSystem(NamedTuple):
    os_id: str
    os_name: str
    os_version: str


def _read_run(document: Mapping[str, Any]) -> AnalysisRun:
    document_id, datetime, duration, analyzer, analyzer_version = read_run(document, PREFIX)
    whole = Section(document, document_id)
    arguments = _read_arguments(whole.section("metadata").section("arguments"))
    result = _read_result(whole)
    operating_system = _read_operating_system(result.section("operating-system"))
    reference = parse_image_reference(arguments.image)
    return AnalysisRun(
        document_id=document_id,
        datetime=datetime,
        duration=duration,
        package_extract_name=analyzer,
        package_extract_version=analyzer_version,
        environment_type=arguments.environment_type,
        origin=arguments.origin,
        debug=arguments.debug,
        package_extract_error=_is_failed(whole, result),
        image_tag=reference.image_tag,
        os_name=operating_system.os_name,
        os_id=operating_system.os_id,
        os_version_id=operating_system.os_version,
        image_size=result.optional_integer("image_size", LARGEST_BIG_INTEGER),
        is_external=arguments.is_external,
        software_environment=_read_environment(result, arguments, reference, operating_system, document_id),
    )


def _read_arguments(arguments: Section) -> _Arguments:
    analyzer = arguments.section("thoth-package-extract")
    metadata = analyzer.section("metadata")
    return _Arguments(
        image=arguments.section("extract-image").needed_indexed_text("image"),
        environment_type=_read_environment_type(metadata),
        is_external=metadata.flag("is_external", True) is True,
        origin=metadata.long_text("origin"),
        debug=analyzer.flag("verbose") is True,
    )


def _read_environment_type(metadata: Section) -> str:
    environment_type = metadata.text("environment_type").upper()
    known = [each.value for each in EnvironmentTypeEnum]
    if environment_type not in known:
        raise metadata.refusal("environment_type", " or ".join(known))
    return environment_type


def _read_result(whole: Section) -> Section:
    """Answer the result; a failed analysis is refused when it didn't come as far as the image's operating system."""
    result = whole.absent_section("result")
    if _is_failed(whole, result) and (result is None or result.absent_section("operating-system") is None):
        message = None if result is None else result.prose("error_msg")
        failure = f"the analysis failed ({message})" if message else "the analysis failed"
        needed = f"an object ({failure} before it knew the image's operating system)"
        raise whole.refusal("result", needed) if result is None else result.refusal("operating-system", needed)
    return whole.section("result")


def _is_failed(whole: Section, result: Section | None) -> bool:
    return whole.flag("error") is True or (result is not None and result.flag("error") is True)


def _read_operating_system(operating_system: Section) -> _OperatingSystem:
    os_id, version = operating_system.text("id"), operating_system.text("version_id")
    return _OperatingSystem(os_id, normalize_os_name(os_id), normalize_os_version(os_id, version))


def _read_environment(
    result: Section,
    arguments: _Arguments,
    reference: ImageReference,
    operating_system: _OperatingSystem,
    document_id: str,
) -> SoftwareEnvironment:
    """Read what the image is as an environment in which software runs, or is built."""
    python_version = None if arguments.is_external else reference.python_version
    if python_version is None and not arguments.is_external:
        _LOGGER.warning("%s: the image's name %r tells no version of Python", document_id, reference.image_name)
    variables = _read_variables(result.absent_section("skopeo-inspect"))
    layers = result.long_texts("layers")
    return SoftwareEnvironment(
        environment_type=arguments.environment_type,
        environment_name=arguments.image,
        python_version=python_version,
        image_name=reference.image_name,
        image_sha=layers[-1] if layers else None,
        os_name=operating_system.os_name,
        os_version=operating_system.os_version,
        cuda_version=_read_cuda_version(result.absent_section("cuda-version"), document_id),
        thoth_image_name=variables.get(_THOTH_IMAGE_NAME),
        thoth_image_version=variables.get(_THOTH_IMAGE_VERSION),
        env_image_name=variables.get("IMAGE_NAME"),
        env_image_tag=variables.get("IMAGE_TAG"),
    )


def _read_variables(inspected: Section | None) -> dict[str, str]:
    """Read the image's environment variables, without those that are empty or have no value."""
    if inspected is None:
        return {}
    parts = (entry.partition("=") for entry in inspected.prose_list("Env"))
    variables = {name: value for name, _, value in parts if value}
    # They stand in one index.
    if sum(len(variables.get(name, "").encode()) for name in _THOTH_IMAGE) > LONGEST_INDEXED_BYTES:
        raise inspected.refusal(
            "Env", f"{' and '.join(_THOTH_IMAGE)} of at most {LONGEST_INDEXED_BYTES:,} bytes together"
        )
    return variables


def _read_cuda_version(versions: Section | None, document_id: str) -> str | None:
    if versions is None:
        return None
    compiler, file = versions.long_text("nvcc_version"), versions.long_text(_CUDA_FILE)
    if compiler is not None and file is not None and compiler != file:
        raise CudaVersionDoesNotMatchError(
            f"{document_id}: result.cuda-version: nvcc says that CUDA is {compiler}, {_CUDA_FILE} that it is {file}"
        )
    return compiler or file


def _read_python_package(package: Section) -> IdentifiedPackage:
    package_name = normalize_package_name(package.text("package_name"))
    package_version = normalize_package_version(package.nullable_text("package_version"))
    return IdentifiedPackage(Entity(package_name, package_version, None), package.needed_long_text("location"))


def _read_python_file(file: Section) -> PythonFile:
    return PythonFile(file.needed_long_text("filepath"), file.text("sha256"))


def _read_interpreter(interpreter: Section) -> PythonInterpreter:
    return PythonInterpreter(
        interpreter.needed_long_text("path"), interpreter.long_text("link"), interpreter.long_text("version")
    )


def _read_symbols(libraries: Section | None) -> tuple[Symbol, ...]:
    by_library = {} if libraries is None else libraries.long_texts_by_name()
    return _distinct(Symbol(library, symbol) for library, symbols in by_library.items() for symbol in symbols)


def _read_rpm_packages(packages: Iterable[Section]) -> tuple[tuple[RPMPackage, ...], tuple[RPMRequirement, ...]]:
    found: dict[RPMPackage, None] = {}
    requirements: dict[RPMRequirement, None] = {}
    for section in packages:
        package = _read_rpm_package(section)
        found[package] = None
        names = section.long_texts("dependencies")
        requirements.update((RPMRequirement(package, name), None) for name in names)
    return tuple(found), tuple(requirements)


def _read_rpm_package(package: Section) -> RPMPackage:
    package_name = package.text("name")
    read = RPMPackage(
        package_name,
        package.text("version"),
        package.optional_text("release"),
        package.optional_text("epoch"),
        package.optional_text("arch"),
        package.flag("src") is True,
        package.optional_text("package_identifier") or package_name,
    )
    _check_key(package, read)
    return read


def _read_debian_packages(packages: Iterable[Section]) -> tuple[tuple[DebianPackage, ...], tuple[DebianRelation, ...]]:
    found: dict[DebianPackage, None] = {}
    relations: dict[DebianRelation, None] = {}
    for section in packages:
        package = DebianPackage(
            section.text("name"), section.text("version"), section.optional_text("epoch"), section.optional_text("arch")
        )
        _check_key(section, package)
        found[package] = None
        for kind in DebianRelationKind:
            for named in section.optional_sections(kind.value):
                relation = DebianRelation(kind, package, named.text("name"), named.long_text("version"))
                relations[relation] = None
    return tuple(found), tuple(relations)


def _check_key(section: Section, values: Iterable[object]) -> None:
    if sum(len(str(value).encode()) for value in values) > _LONGEST_KEY:
        raise section.refusal(
            "name", f"a package whose name, version and other parts take at most {_LONGEST_KEY} bytes"
        )


def _distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(dict.fromkeys(rows))
