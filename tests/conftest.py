"""Fixtures of all tests; each subject's are in a module of their own."""

from __future__ import annotations

import gc
import os

import pytest

pytest_plugins = [
    "tests.fix_postgres",
    "tests.fix_original",
    "tests.fix_original_library",
    "tests.fix_pgbouncer",
    "tests.fix_rows",
    "tests.fix_s3",
]

# Who takes one of these waits for a server.
_SERVERS = frozenset({"postgres", "cluster", "start_s3_server"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as quick what neither waits for a server nor says that it takes long: ``make check`` runs that."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if _SERVERS.isdisjoint(names) and not item.get_closest_marker("long"):
            item.add_marker("quick")


def pytest_collection_finish() -> None:
    """Leave out of garbage collections what stays until the end: ten thousand tests, each of many objects."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Let ``-n auto`` be one more than there are cores: a tenth of the time a test waits for what it started."""
    return (os.cpu_count() or 1) + 1
