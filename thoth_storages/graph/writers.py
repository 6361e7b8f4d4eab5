"""Writing single records into the graph, where one statement isn't enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ..documents.entity_writer import write_entities
from ..documents.rows import Entity
from ..exceptions import NotFoundError
from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from ..sql.named import queries
from .connected import ConnectedAdapter

if TYPE_CHECKING:
    from ..sql.named import GetPythonRuleRecord

Connection = psycopg.Connection[Any]


class PythonPackageVersionEntity(NamedTuple):
    """A package version by name, solved or not, as the graph holds it."""

    id: int
    package_name: str
    package_version: str | None
    index_url: str | None


class RecordWriters(ConnectedAdapter):
    """The part of ``GraphDatabase`` that writes single records; each method writes all of its record or nothing."""

    def create_python_package_version_entity(
        self,
        package_name: str,
        package_version: str | None = None,
        index_url: str | None = None,
        *,
        only_if_package_seen: bool = False,
    ) -> tuple[PythonPackageVersionEntity, bool] | None:
        """Have a package version by name, from which on it is tracked; answers it and whether it was there.

        With ``only_if_package_seen`` an unknown package is left out, and the answer is None.

        >>> graph.create_python_package_version_entity("flask", "2.0.2", "https://pypi.org/simple")
        """
        entity = _entity(package_name, package_version, index_url)
        return self.write(lambda connection: _create_entity(connection, entity, only_if_package_seen))

    def create_python_cve_record(
        self, package_name: str, package_version: str, index_url: str, *, cve_id: str, details: str, link: str | None
    ) -> bool:
        """Note that a package version has a vulnerability; answers whether that was known.

        The package version is created where it is missing. A vulnerability that is there keeps its details and link.

        >>> graph.create_python_cve_record(
        ...     "flask", "0.12.2", "https://pypi.org/simple", cve_id="CVE-2018-1000656", details="Slow", link=None
        ... )
        """
        entity = _entity(package_name, package_version, index_url)

        def create(connection: Connection) -> bool:
            (entity_id,) = write_entities(connection, [entity]).values()
            queries._insert_cve(connection, cve_id, details, link)
            return queries._insert_vulnerability(connection, entity_id, cve_id) == 0

        return self.write(create)

    def create_python_rule(
        self,
        package_name: str,
        *,
        version_specifier: str | None = None,
        index_url: str | None = None,
        description: str | None = None,
    ) -> GetPythonRuleRecord:
        """Have a rule that keeps matching versions of a package from being used; answers it as get_python_rule does.

        ``version_specifier`` is one of PEP 440; None and ``*`` mean all versions. Without ``index_url`` the rule is
        about the package on every index. A rule on the same package and index with the same description isn't doubled:
        it is narrowed to the versions that match its own range *and* the specifier.

        Raises ValueError for a specifier that can't be read, and NotFoundError for an index that isn't registered.

        >>> graph.create_python_rule("flask", version_specifier="<1.0", description="No longer maintained.")
        """
        name, url = normalize_package_name(package_name), normalize_index_url(index_url)
        specifiers = _specifiers(version_specifier)
        return self.write(lambda connection: _create_rule(connection, name, specifiers, url, description))


def _entity(package_name: str, package_version: str | None, index_url: str | None) -> Entity:
    return Entity(
        normalize_package_name(package_name), normalize_package_version(package_version), normalize_index_url(index_url)
    )


def _create_entity(
    connection: Connection, entity: Entity, only_if_package_seen: bool
) -> tuple[PythonPackageVersionEntity, bool] | None:
    versions = queries._get_versions_of_package(connection, entity.package_name)
    if only_if_package_seen and not versions:
        return None
    (entity_id,) = write_entities(connection, [entity]).values()
    return PythonPackageVersionEntity(entity_id, *entity), entity in versions


def _create_rule(
    connection: Connection, package_name: str, specifiers: SpecifierSet, index_url: str | None, description: str | None
) -> GetPythonRuleRecord:
    if index_url is not None and index_url not in queries.get_python_package_index_urls_all(connection):
        raise NotFoundError(f"No Python package index {index_url!r}: register it first, as its rules refer to it")
    queries._lock_rules(connection)
    known = queries._get_rule_to_extend(connection, package_name, index_url, description)
    if known:
        rule_id, version_range = known
        queries._update_rule(connection, rule_id, str(SpecifierSet(version_range or "") & specifiers))
        queries._delete_rule_associations(connection, rule_id)
    else:
        (rule_id,) = queries._insert_rule(connection, package_name, str(specifiers), index_url, description)
    # Writing versions that are there already ties the rules about them.
    versions = queries._get_versions_of_package(connection, package_name)
    write_entities(connection, [Entity(*version) for version in versions])
    return queries.get_python_rule(connection, rule_id)


def _specifiers(version_specifier: str | None) -> SpecifierSet:
    try:
        return SpecifierSet("" if version_specifier in (None, "*") else version_specifier)
    except InvalidSpecifier:
        raise ValueError(
            f"version_specifier is a PEP 440 specifier such as '>=1.0,<2', or '*': {version_specifier!r} isn't one"
        ) from None
