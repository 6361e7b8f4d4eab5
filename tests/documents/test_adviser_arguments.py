"""The arguments of thoth-adviser."""

from __future__ import annotations

from typing import Any

import pytest

from thoth_storages.documents.adviser_arguments import AdviserArguments, read_adviser_arguments
from thoth_storages.exceptions import DocumentError

NOTHING = AdviserArguments(None, None)


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (None, NOTHING),
        ({}, NOTHING),
        ({"thoth-adviser": None}, NOTHING),
        ({"thoth-adviser": {}}, NOTHING),
        ({"thoth-adviser": {"verbose": False, "metadata": None}}, AdviserArguments(False, None)),
        ({"thoth-adviser": {"verbose": True, "metadata": {}}}, AdviserArguments(True, None)),
        ({"thoth-adviser": {"metadata": {"origin": ""}}}, NOTHING),
        ({"thoth-adviser": {"metadata": {"origin": "x" * 5_000}}}, AdviserArguments(None, "x" * 5_000)),
    ],
)
def test_arguments_that_are_not_told_are_unknown(arguments: Any, read: AdviserArguments) -> None:
    assert read_adviser_arguments({"metadata": {"arguments": arguments}}, "adviser-1") == read


def test_arguments_that_are_something_else_are_refused() -> None:
    document = {"metadata": {"arguments": {"thoth-adviser": {"verbose": "yes"}}}}
    with pytest.raises(DocumentError, match=r"^adviser-1: metadata\.arguments\.thoth-adviser\.verbose: true or false"):
        read_adviser_arguments(document, "adviser-1")
