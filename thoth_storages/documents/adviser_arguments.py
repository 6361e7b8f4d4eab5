"""The arguments of the program ``thoth-adviser``, whose commands write documents of several kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .fields import Section


class AdviserArguments(NamedTuple):
    """What is given to the program whatever its command is."""

    verbose: bool | None
    origin: str | None
    """Where the project comes from, say the URL of its repository."""


def read_adviser_arguments(document: Mapping[str, Any], document_id: str) -> AdviserArguments:
    """Answer the arguments; what a document doesn't tell is None."""
    arguments = Section(document, document_id).section("metadata").absent_section("arguments")
    program = arguments and arguments.absent_section("thoth-adviser")
    if program is None:
        return AdviserArguments(None, None)
    context = program.absent_section("metadata")
    return AdviserArguments(program.flag("verbose"), None if context is None else context.long_text("origin"))
