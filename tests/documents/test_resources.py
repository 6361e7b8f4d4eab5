"""Amounts of CPU and memory, as OpenShift was asked for them."""

from __future__ import annotations

from typing import Any

import pytest

from thoth_storages.documents.fields import Section
from thoth_storages.documents.resources import read_cores, read_gibibytes
from thoth_storages.exceptions import DocumentError


def requests(amount: Any) -> Section:
    return Section({"amount": amount}, "inspection-1")


@pytest.mark.parametrize(
    ("amount", "cores"),
    [
        ("500m", 0.5),
        ("100m", 0.1),
        ("1", 1.0),
        ("0", 0.0),
        ("+2", 2.0),
        ("0.1", 0.1),
        (".5", 0.5),
        ("2.", 2.0),
        ("1500000u", 1.5),
        ("250000000n", 0.25),
        ("1k", 1000.0),
        ("1e3", 1000.0),
        ("5E-1", 0.5),
        (1, 1.0),
        (0.3, 0.3),
        (0, 0.0),
    ],
)
def test_cpu_is_counted_in_cores(amount: object, cores: float) -> None:
    assert read_cores(requests(amount), "amount") == cores


@pytest.mark.parametrize(
    ("amount", "gibibytes"),
    [
        ("512Mi", 0.5),
        ("4Gi", 4.0),
        ("1.5Gi", 1.5),
        ("1Ti", 1024.0),
        ("1Pi", 1024.0**2),
        ("1Ei", 1024.0**3),
        ("1048576Ki", 1.0),
        ("4G", 4e9 / 1024**3),
        ("4E9", 4e9 / 1024**3),
        ("4000M", 4e9 / 1024**3),
        ("4000000k", 4e9 / 1024**3),
        ("4000000K", 4e9 / 1024**3),
        ("1T", 1e12 / 1024**3),
        ("1P", 1e15 / 1024**3),
        ("1E", 1e18 / 1024**3),
        ("536870912000m", 0.5),
        ("536870912", 0.5),
        (536870912, 0.5),
        (1073741824.0, 1.0),
    ],
)
def test_memory_is_counted_in_gibibytes(amount: object, gibibytes: float) -> None:
    assert read_gibibytes(requests(amount), "amount") == gibibytes


@pytest.mark.parametrize("members", [{}, {"amount": None}])
def test_nothing_may_be_asked_for(members: dict[str, Any]) -> None:
    section = Section(members, "inspection-1")
    assert (read_cores(section, "amount"), read_gibibytes(section, "amount")) == (None, None)


@pytest.mark.parametrize(
    "amount", ["x", "1 ", "m", "1mi", "1ki", "1KiB", "-1", "1e", "1e100", "1e999999999", "٣", ".", "1..2", "1m2"]
)
def test_what_is_no_amount_is_refused_by_its_path(amount: str) -> None:
    with pytest.raises(
        DocumentError, match=r"^inspection-1: amount: an amount of CPU such as 500m or 2 is needed, found"
    ):
        read_cores(requests(amount), "amount")
    with pytest.raises(
        DocumentError, match=r"^inspection-1: amount: an amount of memory such as 512Mi or 4Gi is needed"
    ):
        read_gibibytes(requests(amount), "amount")


@pytest.mark.parametrize("amount", [-1, -0.5, "9" * 400])
def test_an_amount_that_nothing_has_is_refused(amount: object) -> None:
    with pytest.raises(DocumentError, match="an amount of CPU such as 500m or 2 is needed"):
        read_cores(requests(amount), "amount")


@pytest.mark.parametrize("amount", [True, [], {}, "", 10**400])
def test_what_is_neither_a_text_nor_a_number_is_refused(amount: object) -> None:
    with pytest.raises(DocumentError, match=r"^inspection-1: amount: a (number|text) is needed"):
        read_cores(requests(amount), "amount")
