"""One tree of errors: a message says what happened, where, and what to do about it.

The names that the services catch are those of ``thoth.storages`` 0.74; the rest belongs to what is new here.
"""

from __future__ import annotations


class ThothStorageExceptionError(Exception):
    """The root of every error that this library raises on purpose.

    >>> try:
    ...     graph.connect()
    ... except ThothStorageExceptionError as error:
    ...     print(f"There is no knowledge graph: {error}")
    """


class NotFoundError(ThothStorageExceptionError):
    """What was asked for isn't there.

    >>> graph.get_analysis_metadata("package-extract-211231120000-0a1b2c3d4e5f6071")
    """


class CacheMissError(ThothStorageExceptionError):
    """A cached document isn't there, or is older than its time to live.

    >>> AnalysesCacheStore().retrieve_document_record("sha256:1b2c")
    """


class SchemaError(ThothStorageExceptionError):
    """A document doesn't have the form that its kind demands.

    >>> SolverResultsStore().store_document({"metadata": {"document_id": "solver-fedora-35-py310-1"}})
    """


class DocumentError(SchemaError, ValueError):
    """A document can't be stored; the message names the document and the path of the field.

    >>> graph.sync_adviser_result({"metadata": {"document_id": "adviser-211231120000-0a1b2c3d4e5f6071"}})
    """


class NoDocumentIdError(DocumentError):
    """A document doesn't tell its id.

    >>> graph.sync_adviser_result({"metadata": {}})
    """


class SolverNameParseError(ThothStorageExceptionError, ValueError):
    """A solver's name isn't ``solver-<os_name>-<os_version>-py<digits>``.

    >>> graph.sync_solver_result({"metadata": {"document_id": "solver-fedora-211231120000-0a1b2c3d"}})
    """


class NotConnectedError(ThothStorageExceptionError):
    """The adapter is used before ``connect()``.

    >>> GraphDatabase().get_python_package_index_urls_all()
    """


class AlreadyConnectedError(ThothStorageExceptionError):
    """``connect()`` is called on a connected adapter.

    >>> graph.connect()
    >>> graph.connect()
    """


class DatabaseError(ThothStorageExceptionError):
    """The database can't be used as asked.

    >>> try:
    ...     graph.connect()
    ... except DatabaseError as error:
    ...     print(f"It is there, or should be, but: {error}")
    """


class DatabaseUnreachableError(DatabaseError):
    """No connection to the server: the message names host, port and database.

    >>> graph.connect()  # and nothing listens on KNOWLEDGE_GRAPH_HOST and _PORT
    """


class DatabaseNotInitializedError(DatabaseError):
    """The database is missing, empty, or its schema is older than this library needs or too new for it.

    >>> graph.get_python_package_index_urls_all()  # of a database that 'thoth-storages db migrate' never saw
    """


class MigrationError(DatabaseError):
    """The schema can't be migrated, or its record doesn't fit the migrations of this library.

    >>> graph.initialize_schema()  # where another program changed the schema meanwhile
    """


class MultipleFoundError(ThothStorageExceptionError):
    """One record was expected, several were found.

    >>> WorkflowLogsStore().get_log("adviser-211231120000-0a1b2c3d4e5f6071")  # which has two
    """


class PythonIndexNotRegisteredError(ThothStorageExceptionError):
    """A Python package index isn't registered.

    It is kept for services that catch it: nothing raises it here.
    """


class PythonIndexNotProvidedError(ThothStorageExceptionError):
    """A locked package doesn't say from which index it comes.

    It is kept for services that catch it: nothing raises it here.
    """


class PerformanceIndicatorNotRegisteredError(ThothStorageExceptionError):
    """There is no table for a performance indicator of that name.

    >>> graph.sync_inspection_result(document)  # whose script says {"name": "PiUnknown", …}
    """


class SolverNotRunError(ThothStorageExceptionError):
    """A package version is needed that no solver has seen.

    >>> graph.sync_inspection_result(document)  # which has packages that its environment's solver never saw
    """


class DistutilsKeyNotKnownError(ThothStorageExceptionError):
    """A distutils key of package metadata isn't one that is stored.

    It is kept for services that catch it: nothing raises it here.
    """


class SortTypeQueryError(ThothStorageExceptionError):
    """A query can't be sorted by what was asked.

    >>> graph.get_python_package_versions_all_count(sort_by="age")
    """


class CudaVersionDoesNotMatchError(ThothStorageExceptionError):
    """The CUDA versions that an image reports contradict each other.

    >>> graph.sync_analysis_result(document)  # in which nvcc says 11.3, and version.txt 10.2
    """


class SettingMissingError(ThothStorageExceptionError, KeyError):
    """An environment variable that is needed isn't set; the message names it."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class ObjectKeyError(ThothStorageExceptionError, ValueError):
    """An object can't be named so: servers would take the name for another one, or refuse it."""


class ObjectStoreError(ThothStorageExceptionError):
    """The object store can't do what it is asked for; the message names its endpoint."""


class BucketNotFoundError(ObjectStoreError):
    """The bucket isn't there."""


class ObjectStoreAccessError(ObjectStoreError):
    """The object store refuses the credentials, or what they are to be allowed."""


class ObjectStoreUnreachableError(ObjectStoreError):
    """There is no way to the object store, or the connection broke."""


class ObjectStoreTimeoutError(ObjectStoreUnreachableError):
    """The object store didn't answer in time."""


class ObjectStoreFullError(ObjectStoreError):
    """There is no room for an object, or a quota is used up."""


class BackupError(ThothStorageExceptionError):
    """A dump can't be made or restored, or isn't what was dumped; the message says which dump and why."""


class QueryError(ThothStorageExceptionError):
    """A ``.sql`` file of named queries can't be used; the message starts with ``file:line:column``.

    Where the file was read, ``place`` is file, line and column, and the message is there in parts: ``what`` is wrong,
    ``why`` that matters, and the ``remedy``.
    """

    place: tuple[str, int, int] | None = None
    what: str = ""
    why: str = ""
    remedy: str = ""


class RevisionError(ThothStorageExceptionError):
    """Another revision of this library's sources can't be had; the message says which, and what keeps it away."""


class PackageMissingError(ThothStorageExceptionError):
    """A package isn't installed that a part of this library needs; the message says how to get it."""


class PostgreSQLProgramsNotFoundError(ThothStorageExceptionError):
    """No PostgreSQL server programs on this machine; the message says how to get them."""


class ObjectStoreProgramsNotFoundError(ThothStorageExceptionError):
    """No server for objects on this machine; the message says how to get one."""


class SchemaPictureError(ThothStorageExceptionError):
    """A schema can't be drawn; the message says why, and how to get Graphviz where that is missing."""
