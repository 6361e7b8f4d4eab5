"""Fixtures of all tests; each subject's are in a module of their own."""

from __future__ import annotations

pytest_plugins = [
    "tests.fix_postgres",
    "tests.fix_original",
    "tests.fix_original_library",
    "tests.fix_pgbouncer",
    "tests.fix_rows",
    "tests.fix_s3",
]
