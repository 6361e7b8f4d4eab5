"""The variants of a query: all its optional lines, none, and those of each parameter alone."""

from __future__ import annotations

from thoth_storages.sql.checking.variants import Variant, variants_of
from thoth_storages.sql.source import read_text

HEAD = "-- name: get_a_all\n-- params: a=None, b=None, *, flag=False\n-- returns: [a]\n"


def variants(sql: str) -> dict[tuple[str, ...], Variant]:
    (source,) = read_text(HEAD + sql, "some.sql")
    return {variant.given: variant for variant in variants_of(source)}


FILTERED = "SELECT a\nFROM t\nWHERE TRUE\n  AND a = :a --? a\n  AND b = :b --? b\n  AND :flag --? flag"


def test_all_lines_come_first_then_none_then_each_alone() -> None:
    assert list(variants(FILTERED)) == [("a", "b", "flag"), (), ("a",), ("b",), ("flag",)]


def test_what_is_the_same_text_is_proved_once() -> None:
    assert list(variants("SELECT a FROM t WHERE TRUE AND :a AND :b AND :flag")) == [()]
    assert list(variants("SELECT a FROM t\nWHERE :a = a --? a\n  OR :b = :flag")) == [("a",), ()]


def test_each_variant_numbers_the_parameters_that_it_has() -> None:
    found = variants(FILTERED)
    assert found["a", "b", "flag"].names == ("a", "b", "flag")
    assert found[("b",)].names == ("b",)
    assert found[("b",)].text.endswith("WHERE TRUE\n  AND b = $1")
    assert found[()].names == ()


def test_a_variant_says_which_it_is() -> None:
    found = variants(FILTERED)
    assert [found[given].words for given in ((), ("a",), ("a", "b", "flag"))] == [
        "without optional lines",
        "with a",
        "with a, b, flag",
    ]
    assert next(iter(variants("SELECT a WHERE :a = :b AND :flag").values())).words == ""


def test_a_position_in_a_variant_is_found_in_the_file() -> None:
    variant = variants(FILTERED)[("b",)]
    position = variant.text.index("= $1") + 1
    assert variant.place_of(position) == ("some.sql", 8, 9)
