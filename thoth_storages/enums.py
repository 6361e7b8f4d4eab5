"""The enumerations of the knowledge graph; values are what the database's enum types hold."""

from __future__ import annotations

from enum import Enum


class EnvironmentTypeEnum(Enum):
    """Whether a software environment runs software or builds it."""

    RUNTIME = "RUNTIME"
    BUILDTIME = "BUILDTIME"


class SoftwareStackTypeEnum(Enum):
    """Where a stack of Python packages comes from."""

    USER = "USER"
    INSPECTION = "INSPECTION"
    ADVISED = "ADVISED"


class InspectionSyncStateEnum(Enum):
    """How far the results of an inspection are synced."""

    PENDING = "PENDING"
    SYNCED = "SYNCED"


class RecommendationTypeEnum(Enum):
    """What an adviser was asked to optimise for."""

    STABLE = "STABLE"
    TESTING = "TESTING"
    LATEST = "LATEST"
    PERFORMANCE = "PERFORMANCE"
    SECURITY = "SECURITY"


class RequirementsFormatEnum(Enum):
    """The format of the requirements that an adviser was given."""

    PIPENV = "PIPENV"


class MetadataDistutilsTypeEnum(Enum):
    """Which relation between distributions a metadata entry states."""

    REQUIRED = "REQUIRED"
    PROVIDED = "PROVIDED"
    OBSOLETE = "OBSOLETE"


class SourceTypeEnum(Enum):
    """The integration from which an adviser run was started (the database's ``source_type``)."""

    CLI = "CLI"
    KEBECHET = "KEBECHET"
    S2I = "S2I"
    JUPYTER_NOTEBOOK = "JUPYTER_NOTEBOOK"
    GITHUB_APP = "GITHUB_APP"


class QuerySortTypeEnum(Enum):
    """By which column ``get_python_package_versions_all_count`` sorts."""

    PACKAGE_NAME = "package_name"
    PACKAGE_VERSION = "package_version"


class PlatformEnum(Enum):
    """The platforms that solvers run on."""

    LINUX_X86_64 = "linux-x86_64"


class KebechetManagerEnum(Enum):
    """The managers of Kebechet that an installation can switch on."""

    INFO_MANAGER = 1
    PIPFILE_REQUIREMENTS_MANAGER = 2
    UPDATE_MANAGER = 3
    VERSION_MANAGER = 4
    THOTH_ADVISE_MANAGER = 5
    THOTH_PROVENANCE_MANAGER = 6
