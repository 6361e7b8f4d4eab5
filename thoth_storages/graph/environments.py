"""Questions about software environments and images that take some lines of Python over named queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterable, Mapping
from typing import Any, Literal, TypedDict

from ..enums import EnvironmentTypeEnum
from ..sql.named import NamedQueries

_RUNTIME = EnvironmentTypeEnum.RUNTIME.value
_BUILDTIME = EnvironmentTypeEnum.BUILDTIME.value


class SoftwareEnvironmentRecord(TypedDict):
    """An analysis of a software environment; ``datetime`` is a text unless ``convert_datetime`` is False."""

    cuda_version: str | None
    datetime: dt.datetime | str
    env_image_name: str | None
    env_image_tag: str | None
    environment_name: str | None
    environment_type: Literal["RUNTIME", "BUILDTIME"]
    image_sha: str | None
    os_name: str | None
    os_version: str | None
    package_extract_document_id: str
    python_version: str | None
    thoth_image_name: str | None
    thoth_image_version: str | None


class AnalysisRecord(TypedDict):
    """An analysis by its document; ``analysis_datetime`` is a text unless ``convert_datetime`` is False."""

    analysis_datetime: dt.datetime | str
    analysis_document_id: str
    package_extract_name: str
    package_extract_version: str


class SoftwareEnvironments(NamedQueries):
    """The part of ``GraphDatabase`` that asks for software environments.

    ``is_external`` asks for the environments of users instead of the service's own. With ``convert_datetime`` datetimes
    (UTC, naive) are answered as texts like ``2022-01-06T15:40:11.787600``. What is named ``iterate_…`` yields the
    elements of the list that the method named ``get_…`` answers, by default all of them.
    """

    def get_run_software_environment_all(
        self, start_offset: int = 0, count: int | None = 100, is_external: bool = False
    ) -> list[str | None]:
        """Names of the software environments that run software, oldest first; None stands for one without a name.

        >>> graph.get_run_software_environment_all(is_external=True)
        """
        return self._environment_names(_RUNTIME, is_external, start_offset, count)

    def iterate_run_software_environment_all(
        self, start_offset: int = 0, count: int | None = None, is_external: bool = False
    ) -> Generator[str | None, None, None]:
        """Names of the environments that run software, one by one; see get_run_software_environment_all.

        >>> for name in graph.iterate_run_software_environment_all():
        ...     print(name)
        """
        return self._iterate_environment_names(_RUNTIME, is_external, start_offset, count)

    def get_build_software_environment_all(self, start_offset: int = 0, count: int | None = 100) -> list[str | None]:
        """Names of the software environments that build software, oldest first; None stands for one without a name.

        >>> graph.get_build_software_environment_all(count=10)
        """
        return self._environment_names(_BUILDTIME, False, start_offset, count)

    def iterate_build_software_environment_all(
        self, start_offset: int = 0, count: int | None = None
    ) -> Generator[str | None, None, None]:
        """Names of the environments that build software, one by one; see get_build_software_environment_all.

        >>> for name in graph.iterate_build_software_environment_all():
        ...     print(name)
        """
        return self._iterate_environment_names(_BUILDTIME, False, start_offset, count)

    def get_run_software_environment_analyses_all(
        self,
        run_software_environment_name: str,
        start_offset: int = 0,
        count: int | None = 100,
        convert_datetime: bool = True,
        is_external: bool = False,
    ) -> list[AnalysisRecord]:
        """Analyses of the run-time environments of that name, latest first.

        Each is a dict of analysis_datetime, analysis_document_id, package_extract_name and package_extract_version.

        >>> graph.get_run_software_environment_analyses_all("quay.io/s2i-f35-py310:v0.31.0")
        """
        analyses = self._get_software_environment_analyses(
            run_software_environment_name, _RUNTIME, is_external, start_offset, count
        )
        return list(_readable(analyses, "analysis_datetime", convert_datetime))

    def iterate_run_software_environment_analyses_all(
        self,
        run_software_environment_name: str,
        start_offset: int = 0,
        count: int | None = None,
        convert_datetime: bool = True,
        is_external: bool = False,
    ) -> Generator[AnalysisRecord, None, None]:
        """Analyses of the run-time environments of that name; see get_run_software_environment_analyses_all.

        >>> for analysis in graph.iterate_run_software_environment_analyses_all("quay.io/s2i-f35-py310:v0.31.0"):
        ...     print(analysis)
        """
        analyses = self._iterate_software_environment_analyses(
            run_software_environment_name, _RUNTIME, is_external, start_offset, count
        )
        return _readable(analyses, "analysis_datetime", convert_datetime)

    def get_build_software_environment_analyses_all(
        self,
        build_software_environment_name: str,
        start_offset: int = 0,
        count: int | None = 100,
        convert_datetime: bool = True,
        is_external: bool = False,
    ) -> list[AnalysisRecord]:
        """Analyses of the build-time environments of that name, latest first.

        Each is a dict of analysis_datetime, analysis_document_id, package_extract_name and package_extract_version.

        >>> graph.get_build_software_environment_analyses_all("quay.io/s2i-f35-py310:v0.31.0")
        """
        analyses = self._get_software_environment_analyses(
            build_software_environment_name, _BUILDTIME, is_external, start_offset, count
        )
        return list(_readable(analyses, "analysis_datetime", convert_datetime))

    def iterate_build_software_environment_analyses_all(
        self,
        build_software_environment_name: str,
        start_offset: int = 0,
        count: int | None = None,
        convert_datetime: bool = True,
        is_external: bool = False,
    ) -> Generator[AnalysisRecord, None, None]:
        """Analyses of the build-time environments of that name; see get_build_software_environment_analyses_all.

        >>> for analysis in graph.iterate_build_software_environment_analyses_all("quay.io/s2i-f35-py310:v0.31.0"):
        ...     print(analysis)
        """
        analyses = self._iterate_software_environment_analyses(
            build_software_environment_name, _BUILDTIME, is_external, start_offset, count
        )
        return _readable(analyses, "analysis_datetime", convert_datetime)

    def get_software_environments_all(
        self,
        is_external: bool = False,
        convert_datetime: bool = True,
        *,
        start_offset: int = 0,
        count: int | None = 100,
        env_image_name: str | None = None,
        env_image_tag: str | None = None,
        os_name: str | None = None,
        os_version: str | None = None,
        python_version: str | None = None,
        cuda_version: str | None = None,
        image_name: str | None = None,
        library_name: str | None = None,
        symbol: str | None = None,
        package_name: str | None = None,
        rpm_package_name: str | None = None,
    ) -> list[SoftwareEnvironmentRecord]:
        """Software environments that were analysed, once for each analysis, the latest first.

        ``library_name`` and ``symbol`` ask for environments that offer a symbol (given both, that symbol of that
        library), ``package_name`` and ``rpm_package_name`` for analyses that found a version of the Python or RPM
        package. Each is a dict of cuda_version, datetime, env_image_name, env_image_tag, environment_name,
        environment_type, image_sha, os_name, os_version, package_extract_document_id, python_version, thoth_image_name
        and thoth_image_version.

        >>> graph.get_software_environments_all(is_external=True, count=None)
        """
        environments = self._get_software_environments_all(
            is_external,
            start_offset=start_offset,
            count=count,
            env_image_name=env_image_name,
            env_image_tag=env_image_tag,
            os_name=os_name,
            os_version=os_version,
            python_version=python_version,
            cuda_version=cuda_version,
            image_name=image_name,
            library_name=library_name,
            symbol=symbol,
            package_name=package_name,
            rpm_package_name=rpm_package_name,
        )
        return list(_readable(environments, "datetime", convert_datetime))

    def iterate_software_environments_all(
        self,
        is_external: bool = False,
        convert_datetime: bool = True,
        *,
        start_offset: int = 0,
        count: int | None = None,
        env_image_name: str | None = None,
        env_image_tag: str | None = None,
        os_name: str | None = None,
        os_version: str | None = None,
        python_version: str | None = None,
        cuda_version: str | None = None,
        image_name: str | None = None,
        library_name: str | None = None,
        symbol: str | None = None,
        package_name: str | None = None,
        rpm_package_name: str | None = None,
    ) -> Generator[SoftwareEnvironmentRecord, None, None]:
        """Software environments that were analysed, one by one; see get_software_environments_all.

        >>> for environment in graph.iterate_software_environments_all(is_external=True):
        ...     print(environment)
        """
        environments = self._iterate_software_environments_all(
            is_external,
            start_offset=start_offset,
            count=count,
            env_image_name=env_image_name,
            env_image_tag=env_image_tag,
            os_name=os_name,
            os_version=os_version,
            python_version=python_version,
            cuda_version=cuda_version,
            image_name=image_name,
            library_name=library_name,
            symbol=symbol,
            package_name=package_name,
            rpm_package_name=rpm_package_name,
        )
        return _readable(environments, "datetime", convert_datetime)

    def get_thoth_s2i_all(self, is_external: bool = False) -> list[tuple[str | None, str | None]]:
        """The Thoth s2i images that are known: name and version.

        (None, None) is among them where there are environments that don't say of which one they are.

        >>> graph.get_thoth_s2i_all()
        """
        return list(self._get_thoth_s2i_count(is_external))

    def get_thoth_s2i_analyzed_image_symbols_all(
        self,
        thoth_image_name: str | None = None,
        thoth_image_version: str | None = None,
        is_external: bool = False,
        *,
        thoth_s2i_image_name: str | None = None,
        thoth_s2i_image_version: str | None = None,
    ) -> list[str]:
        """Symbols that a Thoth s2i image offers.

        Name and version are both needed; ``thoth_s2i_image_name`` and ``thoth_s2i_image_version`` are what the adviser
        calls them.

        >>> graph.get_thoth_s2i_analyzed_image_symbols_all("quay.io/s2i-f35-py310", "0.31.0")
        """
        name = _one_of(thoth_image_name=thoth_image_name, thoth_s2i_image_name=thoth_s2i_image_name)
        version = _one_of(thoth_image_version=thoth_image_version, thoth_s2i_image_version=thoth_s2i_image_version)
        return super().get_thoth_s2i_analyzed_image_symbols_all(name, version, is_external)

    def iterate_thoth_s2i_analyzed_image_symbols_all(
        self,
        thoth_image_name: str | None = None,
        thoth_image_version: str | None = None,
        is_external: bool = False,
        *,
        thoth_s2i_image_name: str | None = None,
        thoth_s2i_image_version: str | None = None,
    ) -> Generator[str, None, None]:
        """Symbols that a Thoth s2i image offers, one by one; see get_thoth_s2i_analyzed_image_symbols_all.

        >>> for symbol in graph.iterate_thoth_s2i_analyzed_image_symbols_all("quay.io/s2i-f35-py310", "0.31.0"):
        ...     print(symbol)
        """
        name = _one_of(thoth_image_name=thoth_image_name, thoth_s2i_image_name=thoth_s2i_image_name)
        version = _one_of(thoth_image_version=thoth_image_version, thoth_s2i_image_version=thoth_s2i_image_version)
        return super().iterate_thoth_s2i_analyzed_image_symbols_all(name, version, is_external)

    def _environment_names(
        self, environment_type: str, is_external: bool, start_offset: int, count: int | None
    ) -> list[str | None]:
        if count is None:
            # A name stands in a row with its id: a list of those beside the names would take 1.4 times their memory.
            return list(self._iterate_environment_names(environment_type, is_external, start_offset, count))
        rows = self._get_software_environment_names(environment_type, is_external, start_offset, count)
        return [name for _, name in rows]

    def _iterate_environment_names(
        self, environment_type: str, is_external: bool, start_offset: int, count: int | None
    ) -> Generator[str | None, None, None]:
        rows = self._iterate_software_environment_names(environment_type, is_external, start_offset, count)
        return (name for _, name in rows)


def _readable(records: Iterable[Mapping[str, Any]], field: str, convert_datetime: bool) -> Generator[Any, None, None]:
    if not convert_datetime:
        return ({**record} for record in records)
    return ({**record, field: _as_text(record[field])} for record in records)


def _as_text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def _one_of(**synonyms: str | None) -> str:
    given = {name: value for name, value in synonyms.items() if value is not None}
    if len(given) != 1:
        raise TypeError(
            f"get_thoth_s2i_analyzed_image_symbols_all() takes one of {' and '.join(synonyms)}, not {len(given)}"
        )
    (value,) = given.values()
    return value
