"""The keys of objects: what servers would take differently is refused before they see it."""

from __future__ import annotations

import pytest

from thoth_storages.exceptions import ObjectKeyError
from thoth_storages.objectstore.keys import LONGEST_KEY, check_key


@pytest.mark.parametrize(
    "key",
    [
        "a",
        "prefix/deployment/solver/solver-rhel-8-py38-220101000000-767594312d48098d",
        "a/.hidden",
        "a/...",
        "a/b.request",
        "with blank/and+plus&amp=?#%41",
        "日本/ключ/é",
        "a" * LONGEST_KEY,
    ],
)
def test_a_sound_key_stays_as_it_is(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "it is empty"),
        ("/a", "begins or ends with a slash"),
        ("a/", "begins or ends with a slash"),
        ("/", "begins or ends with a slash"),
        ("a//b", "two slashes in a row"),
        ("a/./b", r"a part of it is '\.' or '\.\.'"),
        ("../b", r"a part of it is '\.' or '\.\.'"),
        ("a/..", r"a part of it is '\.' or '\.\.'"),
        (".", r"a part of it is '\.' or '\.\.'"),
        ("a\\b", "backslash"),
        ("a\nb", "control character"),
        ("a\0b", "control character"),
        ("a\x7fb", "control character"),
        ("a\ud800", "half of a surrogate pair"),
        ("a" * (LONGEST_KEY + 1), "it takes 1025 bytes, and 1024 are allowed"),
        ("é" * 513, "it takes 1026 bytes"),
    ],
)
def test_a_key_that_is_not_the_same_everywhere_is_refused_with_the_reason(key: str, reason: str) -> None:
    with pytest.raises(ObjectKeyError, match=reason):
        check_key(key)


def test_a_long_key_is_told_by_its_beginning() -> None:
    with pytest.raises(ObjectKeyError) as refused:
        check_key("a" * 5000)
    assert str(refused.value).startswith(f"An object can't have the key '{'a' * 200}…': it takes 5000 bytes")


def test_a_refusal_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="can't have the key '/a'"):
        check_key("/a")
