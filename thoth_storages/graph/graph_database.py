"""The door to the knowledge graph."""

from __future__ import annotations

from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from .administration import DatabaseAdministration
from .combined import CombinedQueries
from .connected import ConnectedAdapter
from .deletions import RecordDeletions
from .documents import DocumentSync
from .environments import SoftwareEnvironments
from .hardware import HardwareRecords
from .kebechet import KebechetInstallations
from .kebechet_files import KebechetFiles
from .purges import DocumentPurges
from .writers import RecordWriters


class GraphDatabase(
    CombinedQueries,
    SoftwareEnvironments,
    HardwareRecords,
    RecordWriters,
    RecordDeletions,
    DocumentPurges,
    KebechetInstallations,
    KebechetFiles,
    DocumentSync,
    DatabaseAdministration,
    ConnectedAdapter,
):
    """The knowledge graph of Thoth in PostgreSQL.

    >>> graph = GraphDatabase()
    >>> graph.connect()
    >>> graph.get_depends_on("flask", "2.0.1", "https://pypi.org/simple")

    Every named query of ``thoth_storages/sql/queries/`` is a method. Making an instance does no I/O and reads no
    variable that it needs to connect; ``connect()`` does. One instance serves all threads of a process.
    """

    DEFAULT_COUNT = 100
    """How many rows a page holds when ``count`` isn't given."""

    @staticmethod
    def normalize_python_package_name(package_name: str) -> str:
        """Spell the name of a Python package as PEP 503 has it.

        >>> GraphDatabase.normalize_python_package_name("Flask_SQLAlchemy")
        'flask-sqlalchemy'
        """
        return normalize_package_name(package_name)

    @staticmethod
    def normalize_python_package_version(package_version: str) -> str:
        """Spell a version as PEP 440 has it; what PEP 440 can't read stays as it is.

        >>> GraphDatabase.normalize_python_package_version("1.0-RC1")
        '1.0rc1'
        """
        return normalize_package_version(package_version)

    @staticmethod
    def normalize_python_index_url(index_url: str | None) -> str | None:
        """Replace an older address of a Python package index by the one in use.

        >>> GraphDatabase.normalize_python_index_url("https://pypi.python.org/simple")
        'https://pypi.org/simple'
        """
        return normalize_index_url(index_url)
