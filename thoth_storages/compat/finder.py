"""The finder of modules that answers for ``thoth.storages``."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NAMESPACE, ORIGINAL = "thoth", "thoth.storages"
_STORES = """
    advisers advisers_cache analyses analyses_by_digest analyses_cache base buildlogs buildlogs_analyses_cache
    buildlogs_parsed ceph ceph_cache dependency_monkey_reports dependency_monkey_requests graph_backup inspections
    logs observations provenance provenance_cache result_base result_schema revsolvers security_indicators solvers
"""
MODULES = {
    "": "thoth_storages",
    "cli": "thoth_storages.cli",
    "exceptions": "thoth_storages.exceptions",
    "graph": "thoth_storages.graph",
    "graph.enums": "thoth_storages.enums",
    "graph.postgres": "thoth_storages.graph",
    "graph.query_result_base": "thoth_storages.graph",
    "sync": "thoth_storages.sync",
    **dict.fromkeys(_STORES.split(), "thoth_storages.objectstore"),
}
"""The modules of the original, by their names below ``thoth.storages``, and where their public names are here."""
NOT_COVERED = {"graph.models", "graph.models_base", "graph.models_performance", "graph.sql_base"}
"""The modules of the original's ORM."""


class _Alias(ModuleType):
    """A module of the original: what is looked up in it is looked up in a module of this library."""

    def __init__(self, name: str, target: str) -> None:
        super().__init__(name, f"{target}, by the name that the original library has for it.")
        self._target = target

    def __getattr__(self, name: str) -> Any:
        # What the import system asks a module for isn't to be found in another one.
        if name.startswith("__") and name not in ("__all__", "__version__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        try:
            return getattr(importlib.import_module(self._target), name)
        except AttributeError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} in thoth_storages") from None

    def __dir__(self) -> list[str]:
        return sorted({*vars(self), *dir(importlib.import_module(self._target))})


class _AliasLoader(Loader):
    def __init__(self, target: str) -> None:
        self._target = target

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Alias(spec.name, self._target)

    def exec_module(self, module: ModuleType) -> None:
        pass


class _StoragesFinder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != ORIGINAL and not fullname.startswith(f"{ORIGINAL}."):
            return None
        name = fullname.removeprefix(ORIGINAL).lstrip(".")
        if name in NOT_COVERED:
            raise ImportError(
                f"{fullname} isn't there: thoth_storages has no ORM; its queries are methods of GraphDatabase, "
                "and 'thoth-storages sql list' names them",
                name=fullname,
            )
        if name not in MODULES:
            return None
        is_package = name == "" or any(other.startswith(f"{name}.") for other in MODULES)
        return ModuleSpec(fullname, _AliasLoader(MODULES[name]), is_package=is_package)


class _NamespaceFinder(MetaPathFinder):
    """Answers for ``thoth`` where nothing else that is installed belongs to that namespace."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, None, is_package=True) if fullname == NAMESPACE else None


def install() -> None:
    """Answer for ``thoth.storages`` from now on; raises ImportError when the original has been imported before."""
    if any(isinstance(finder, _StoragesFinder) for finder in sys.meta_path):
        return
    if ORIGINAL in sys.modules:
        raise ImportError("thoth_storages.compat is to be imported before thoth.storages, whose modules are in use now")
    sys.meta_path.insert(0, _StoragesFinder())
    sys.meta_path.append(_NamespaceFinder())
