"""``params:`` is a Python signature."""

from __future__ import annotations

import inspect
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.signature import Parameter, Signature, parse_signature

PLACE = Place("some.sql", 3)


def parse(text: str) -> Signature:
    return parse_signature(text, PLACE)


def message(text: str) -> str:
    with pytest.raises(QueryError) as raised:
        parse(text)
    return str(raised.value)


def test_the_order_the_star_the_defaults_and_the_annotations_are_kept() -> None:
    assert parse("a, b=None, *, c, d: frozenset[str | None] | None = None, e=100, f=False").parameters == (
        Parameter("a", False),
        Parameter("b", False, None, "None"),
        Parameter("c", True),
        Parameter("d", True, "frozenset[str | None] | None", "None"),
        Parameter("e", True, None, "100"),
        Parameter("f", True, None, "False"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a, b",
        "a, *, b",
        "*, a",
        "*, a, b=1",
        "a=None, b='x', *, c: bool = True",
        "a: list[str], b: str | None = None",
        "né='ö'",
        "a=-1, b=1.5, c=(1, 'x'), d=b'x', e=()",
    ],
)
def test_a_signature_is_written_as_it_was_read(text: str) -> None:
    assert str(parse(text)) == text


def test_no_parameters_is_a_signature_too() -> None:
    assert parse("") == Signature()
    assert parse("").names == ()


def test_the_names_are_in_order() -> None:
    assert parse("b, a, *, d, c").names == ("b", "a", "d", "c")


def test_types_stand_in_for_missing_annotations_only() -> None:
    signature = parse("a, b: bool = False, *, c=100, d=None")
    types = {"a": "str", "b": "never", "c": "int", "d": "str | None"}
    assert signature.render(types) == "a: str, b: bool = False, *, c: int = 100, d: str | None = None"


@pytest.mark.parametrize(
    ("default", "is_flag"),
    [("=True", True), ("=False", True), ("=None", False), ("=0", False), ("='False'", False), ("", False)],
)
def test_a_flag_is_what_defaults_to_true_or_false(default: str, is_flag: bool) -> None:
    assert parse(f"a{default}").parameters[0].is_flag is is_flag


def test_an_annotated_bool_without_such_a_default_is_no_flag() -> None:
    assert not parse("a: bool | None = None").parameters[0].is_flag


@pytest.mark.parametrize("text", ["*names", "**names", "a, /", "a, *names, b", "a) -> (str"])
def test_only_named_parameters_are_taken(text: str) -> None:
    assert message(text) == "some.sql:3:1: params: takes named parameters only, no *args, **kwargs, / or ->"


@pytest.mark.parametrize("text", ["a b", "a=1, b", "1", "a,,b", "import", "a=", "(a)", "*", "a): pass; f(b", "a # b"])
def test_what_is_no_signature_is_refused_with_the_text(text: str) -> None:
    found = message(text)
    assert found.startswith("some.sql:3:1: params: isn't a Python signature (")
    assert found.endswith(f"): {text}")


def test_a_name_that_stands_twice_is_refused() -> None:
    assert message("a, b, *, a") == "some.sql:3:1: params: lists 'a' twice"


@pytest.mark.parametrize("name", ["self", "connection", "conn", "_query"])
def test_a_name_that_every_method_has_already_is_refused(name: str) -> None:
    assert message(f"a, {name}") == (
        f"some.sql:3:1: params: can't list {name!r}, as every method takes one of that name already"
    )


@pytest.mark.parametrize("default", ["[]", "{}", "f()", "a.b", "set()", "print", "lambda: 1", "([],)"])
def test_a_default_is_a_constant_as_it_is_never_run_and_shared_by_all_calls(default: str) -> None:
    assert message(f"a, b={default}") == "some.sql:3:1: params: the default of 'b' must be a constant"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, *, start_offset=0, count=100", "a, *, start_offset=0, count=None"),
        ("count: int | None = 100, a=100", "count: int | None = None, a=100"),
        ("count", "count"),
        ("a=100, account=100", "a=100, account=100"),
        ("", ""),
    ],
)
def test_without_pages_only_the_default_of_count_is_another(text: str, expected: str) -> None:
    signature = parse(text)
    assert str(signature.unpaged) == expected
    assert str(signature) == text


names = st.text(string.ascii_lowercase, min_size=6, max_size=8).map(lambda text: f"p_{text}")
defaults = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.floats(allow_nan=False, allow_infinity=False)
)


@given(st.lists(names, unique=True, max_size=5), st.lists(names, unique=True, max_size=5), st.data())
def test_python_reads_the_signature_as_it_is_read_here(
    positional: list[str], named: list[str], data: st.DataObject
) -> None:
    named = [name for name in named if name not in positional]
    required = data.draw(st.integers(0, len(positional)))
    parts = [*positional[:required], *(f"{name}={data.draw(defaults)!r}" for name in positional[required:])]
    if named:
        parts += ["*", *(data.draw(st.sampled_from([name, f"{name}={data.draw(defaults)!r}"])) for name in named)]
    text = ", ".join(parts)
    scope: dict[str, object] = {}
    exec(f"def function({text}): pass", scope)
    function = scope["function"]
    assert callable(function)
    expected = inspect.signature(function).parameters.values()
    assert [(each.name, each.keyword_only, each.default is not None) for each in parse(text).parameters] == [
        (each.name, each.kind is each.KEYWORD_ONLY, each.default is not each.empty) for each in expected
    ]
    assert str(parse(text)) == text
