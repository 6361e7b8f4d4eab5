"""Amounts of CPU and memory that OpenShift was asked for, as they stand in specifications: ``500m``, ``2``, ``512Mi``.

The format is that of Kubernetes: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .fields import Section

_UNITS = ("k", "M", "G", "T", "P", "E")
_FACTORS: dict[str | None, Fraction] = {
    None: Fraction(1),
    "n": Fraction(1, 1000**3),
    "u": Fraction(1, 1000**2),
    "m": Fraction(1, 1000),
    # Not of Kubernetes, but the original took it, and nothing else can be meant.
    "K": Fraction(1000),
    **{unit: Fraction(1000**power) for power, unit in enumerate(_UNITS, 1)},
    **{f"{unit.upper()}i": Fraction(1024**power) for power, unit in enumerate(_UNITS, 1)},
}
# An exponent of many digits would be a number that fills the memory.
_QUANTITY = re.compile(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,2})|([numkKMGTPE]|[KMGTPE]i))?")
_BYTES_OF_GIBIBYTE = 1024**3


def read_cores(requests: Section, name: str) -> float | None:
    """Read an amount of CPU, in cores; None for an absent or null member."""
    return _read(requests, name, "an amount of CPU such as 500m or 2", 1)


def read_gibibytes(requests: Section, name: str) -> float | None:
    """Read an amount of memory, in GiB; None for an absent or null member. A plain number counts bytes."""
    return _read(requests, name, "an amount of memory such as 512Mi or 4Gi", _BYTES_OF_GIBIBYTE)


def _read(requests: Section, name: str, needed: str, divisor: int) -> float | None:
    text = requests.text(name) if requests.holds_text(name) else None
    number = requests.optional_number(name) if text is None else None
    if text is None and number is None:
        return None
    amount = _parse(text) if text is not None else Fraction(number or 0)
    if amount is None or amount < 0:
        raise requests.refusal(name, needed)
    try:
        return float(amount / divisor)
    except OverflowError:
        raise requests.refusal(name, needed) from None


def _parse(text: str) -> Fraction | None:
    """Answer the number that a quantity means, exactly, or None for what isn't one."""
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    number, exponent, unit = match.groups()
    return Fraction(f"{number}e{exponent or 0}") * _FACTORS[unit]
