"""How findings are written: for people, and for the programs that show them at the line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ... import __version__
from .finding import Finding
from .rule import Rule, all_rules

Write = Callable[[Sequence[Finding]], str]

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(findings: Iterable[Finding]) -> str:
    """Write each finding with its line and a caret below the place."""
    return "\n".join(map(str, findings))


def as_json(findings: Sequence[Finding]) -> str:
    """Write a list of objects, each in a line of its own."""
    lines = ",\n".join(f"  {json.dumps(_entry(finding), ensure_ascii=False)}" for finding in findings)
    return f"[\n{lines}\n]" if findings else "[]"


def as_sarif(findings: Iterable[Finding]) -> str:
    """Write a log of SARIF 2.1.0, as code scanners exchange it."""
    rules = all_rules()
    positions = {rule.name: position for position, rule in enumerate(rules)}
    driver = {"name": "thoth-storages", "semanticVersion": __version__, "rules": list(map(_sarif_rule, rules))}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, positions) for finding in findings],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def as_github(findings: Iterable[Finding]) -> str:
    """Write the commands by which a workflow of GitHub shows errors at their lines."""
    return "\n".join(map(_github_command, findings))


FORMATS: Mapping[str, Write] = {"text": as_text, "json": as_json, "sarif": as_sarif, "github": as_github}


def _entry(finding: Finding) -> dict[str, Any]:
    path, line, column = finding.place
    place = {"file": path, "line": line, "column": column}
    return {"rule": finding.rule, **place, "what": finding.what, "why": finding.why, "remedy": finding.remedy}


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {"id": rule.name, "shortDescription": {"text": rule.summary}, "defaultConfiguration": {"level": "error"}}


def _sarif_result(finding: Finding, positions: Mapping[str, int]) -> dict[str, Any]:
    path, line, column = finding.place
    region: dict[str, Any] = {"startLine": line, "startColumn": column}
    if finding.source_line:
        region["snippet"] = {"text": finding.source_line}
    location = {"artifactLocation": {"uri": _uri(path)}, "region": region}
    return {
        "ruleId": finding.rule,
        "ruleIndex": positions[finding.rule],
        "level": "error",
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else quote(Path(path).as_posix())


def _github_command(finding: Finding) -> str:
    path, line, column = finding.place
    properties = {"file": path, "line": line, "col": column, "title": finding.rule}
    written = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::error {written}::{_escaped(finding.message)}"


def _escaped(text: str, more: str = "") -> str:
    """Write the signs that end a command, or a property of it, as GitHub has them."""
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
