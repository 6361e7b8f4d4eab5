"""Check files of queries by all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .finding import Finding
from .reading import read
from .rule import Rule, all_rules
from .session import Session
from .subject import Checked


@dataclass(frozen=True)
class Result:
    """What a check found."""

    findings: list[Finding]
    """In the order of files, lines and columns."""
    renewed: list[Path]
    """The files that were written anew."""
    files: int
    queries: int


def check(
    paths: Iterable[Path], session: Session, *, renew: bool = False, rules: Iterable[Rule] | None = None
) -> Result:
    """Check files by all rules; with ``renew`` what is generated from them is written anew before.

    Raises OSError for a file that can't be read.
    """
    rules = all_rules() if rules is None else tuple(rules)
    checked = read(paths, session)
    written = [path for rule in rules if renew and rule.renew for path in rule.renew(checked)]
    findings = {str(finding): finding for rule in rules for finding in _findings(rule, checked)}
    return Result(
        sorted(findings.values(), key=lambda finding: (finding.place, finding.rule)),
        written,
        len(checked.files),
        sum(1 for _ in checked.queries),
    )


def _findings(rule: Rule, checked: Checked) -> Iterator[Finding]:
    if rule.check_all:
        yield from rule.check_all(checked)
    for query in checked.queries:
        if rule.check_query:
            yield from rule.check_query(query)
        if rule.check_prepared and not query.refused:
            yield from rule.check_prepared(query)
