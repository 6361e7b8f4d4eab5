"""The methods of the graph that take some lines of Python over named queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..documents.solver_name import parse_solver_name
from ..enums import PlatformEnum, QuerySortTypeEnum
from ..exceptions import NoDocumentIdError, SortTypeQueryError
from ..sql.named import NamedQueries
from .query_result import PythonQueryResult

PackageTuple = tuple[str, str, str | None]
"""A package version: its name, its version, and the URL of the index that it comes from."""


class CombinedQueries(NamedQueries):
    """Reads that one statement can't answer, or that need no statement at all."""

    def retrieve_transitive_dependencies_python_multi(
        self,
        *package_tuples: PackageTuple,
        os_name: str | None = None,
        os_version: str | None = None,
        python_version: str | None = None,
    ) -> dict[PackageTuple, list[tuple[PackageTuple, PackageTuple]]]:
        """What several Python packages depend on, grouped by the packages as they were given.

        See retrieve_transitive_dependencies_python, which is asked once a package.

        >>> graph.retrieve_transitive_dependencies_python_multi(("flask", "2.0.2", "https://pypi.org/simple"))
        """
        environment: dict[str, Any] = {"os_name": os_name, "os_version": os_version, "python_version": python_version}
        return {
            package_tuple: self.retrieve_transitive_dependencies_python(*package_tuple, **environment)
            for package_tuple in package_tuples
        }

    def python_package_version_exists(
        self, package_name: str, package_version: str, index_url: str | None = None, solver_name: str | None = None
    ) -> bool:
        """Whether a solver has seen the package version: any solver, or the one of that name.

        Raises SolverNameParseError for a name that isn't ``solver-<os_name>-<os_version>-py<digits>``.

        >>> graph.python_package_version_exists("flask", "2.0.2", "https://pypi.org/simple")
        """
        environment = {} if solver_name is None else parse_solver_name(solver_name)._asdict()
        return self._python_package_version_exists(package_name, package_version, index_url, **environment)

    def get_python_package_versions_all_count(
        self,
        *,
        start_offset: int = 0,
        count: int | None = 100,
        os_name: str | None = None,
        os_version: str | None = None,
        python_version: str | None = None,
        distinct: bool = False,
        sort_by: QuerySortTypeEnum | None = None,
    ) -> PythonQueryResult:
        """How many versions solvers have seen of each package, counting one for every environment.

        Packages come by name, or with ``sort_by`` PACKAGE_VERSION by their number of versions, most first. The answer's
        ``count`` is the number of packages on all pages. Raises SortTypeQueryError for any other ``sort_by``.

        >>> graph.get_python_package_versions_all_count(os_name="fedora", os_version="35", python_version="3.10")
        """
        rows = self._get_python_package_versions_all_count(
            start_offset=start_offset,
            count=count,
            os_name=os_name,
            os_version=os_version,
            python_version=python_version,
            distinct=distinct,
            most_versions_first=_sort_type(sort_by) is QuerySortTypeEnum.PACKAGE_VERSION,
        )
        return PythonQueryResult({name: versions for name, versions, _ in rows if name is not None}, rows[0][2])

    def solver_records_exist(self, solver_document: Mapping[str, Any]) -> bool:
        """Whether a solver document was synced; raises NoDocumentIdError when it doesn't tell its id.

        >>> graph.solver_records_exist(document)
        """
        return self.solver_document_id_exists(_document_id(solver_document))

    def analysis_records_exist(self, analysis_document: Mapping[str, Any]) -> bool:
        """Whether an image analysis was synced; raises NoDocumentIdError when its document doesn't tell its id.

        >>> graph.analysis_records_exist(document)
        """
        return self.analysis_document_id_exist(_document_id(analysis_document))

    @staticmethod
    def get_python_package_version_platform_all() -> list[str]:
        """The platforms that solvers run on, like ``linux-x86_64``.

        >>> GraphDatabase.get_python_package_version_platform_all()
        """
        return [platform.value for platform in PlatformEnum]

    @staticmethod
    def python_package_version_depends_on_platform_exists(platform: str) -> bool:
        """Whether solvers run on a platform.

        >>> GraphDatabase.python_package_version_depends_on_platform_exists("linux-x86_64")
        """
        return platform in {known.value for known in PlatformEnum}


def _sort_type(sort_by: QuerySortTypeEnum | str | None) -> QuerySortTypeEnum | None:
    try:
        return None if sort_by is None else QuerySortTypeEnum(sort_by)
    except ValueError:
        names = " or ".join(f"QuerySortTypeEnum.{known.name}" for known in QuerySortTypeEnum)
        raise SortTypeQueryError(f"sort_by takes {names}, not {sort_by!r}") from None


def _document_id(document: Mapping[str, Any]) -> str:
    metadata = document.get("metadata")
    document_id = metadata.get("document_id") if isinstance(metadata, Mapping) else None
    if not isinstance(document_id, str) or not document_id:
        raise NoDocumentIdError(
            "The document doesn't tell its id: metadata.document_id must be a text that isn't empty"
        )
    return document_id
