"""The rules: each is a module of the package ``rules``, found there and listed nowhere.

A rule's name is its module's, with dashes: ``rules/total_order.py`` is ``total-order``. Its docstring begins with the
one sentence that ``sql check --help`` and reports show. It has one or more of these functions:

``check_all(checked: Checked) -> Iterator[Finding]``
    looks at all files together, also at queries that can't be used. Without ``checked.session`` it needs no server.
``check_query(query: Subject) -> Iterator[Finding]``
    looks at a query that could be read. Without ``query.session`` it needs no server.
``check_prepared(query: Subject) -> Iterator[Finding]``
    looks at a query of which the server prepares every variant; no rule has to expect one that is refused.
``renew(checked: Checked) -> Iterator[Path]``
    writes anew what is generated, and answers the files that it changed: ``sql check --write`` calls it first.

It makes its findings by ``query.finding(NAME, …)`` or ``file.finding(NAME, …)``, which know the file and its lines. A
test holds the rules equal to the pages ``docs/checks/<name>.md`` and to the examples ``tests/data/checking/<name>/``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...exceptions import PackageMissingError
from . import rules
from .finding import Finding
from .subject import Checked, Subject

CheckAll = Callable[[Checked], Iterator[Finding]]
CheckQuery = Callable[[Subject], Iterator[Finding]]
Renew = Callable[[Checked], Iterator[Path]]


@dataclass(frozen=True)
class Rule:
    """A rule, with those of its functions that it has."""

    name: str
    summary: str
    check_all: CheckAll | None
    check_query: CheckQuery | None
    check_prepared: CheckQuery | None
    renew: Renew | None


@cache
def all_rules() -> tuple[Rule, ...]:
    """Import every rule; they come in the order of their names.

    Raises PackageMissingError where the package isn't installed that some of them read SQL with.
    """
    try:
        return tuple(_rule(module.name) for module in pkgutil.iter_modules(rules.__path__))
    except ModuleNotFoundError as error:
        if error.name != "pglast":
            raise
        raise PackageMissingError("the checks read SQL with pglast: pip install 'thoth-storages[check]'") from error


def _rule(module_name: str) -> Rule:
    module = importlib.import_module(f"{rules.__name__}.{module_name}")
    functions = (getattr(module, name, None) for name in ("check_all", "check_query", "check_prepared", "renew"))
    summary = (module.__doc__ or "").partition("\n")[0]
    return Rule(module.NAME, summary, *functions)
