"""Numbers and lists in what the checks say."""

from __future__ import annotations

import pytest

from thoth_storages.doctor.wording import listed, size


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (1023, "1,023 bytes"),
        (1024, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (5 * 2**20, "5.0 MiB"),
        (3.25 * 2**30, "3.2 GiB"),
        (5000 * 2**40, "5,000.0 TiB"),
    ],
)
def test_a_size_has_the_unit_that_fits(number: float, text: str) -> None:
    assert size(number) == text


@pytest.mark.parametrize(
    ("names", "text"), [("", ""), ("a", "a"), ("abcde", "a, b, c, d, e"), ("abcdefg", "a, b, c, d, e and 2 more")]
)
def test_the_first_of_many_are_named(names: str, text: str) -> None:
    assert listed(list(names)) == text
