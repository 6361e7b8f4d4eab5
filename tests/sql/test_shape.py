"""``returns:`` is the shape of an answer: how rows become it, how it is copied, and what isn't a shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.shape import Column, Groups, Node, Record, Rows, Shape, Tuple, parse_shape

PLACE = Place("some.sql", 5)


def parse(text: str) -> Shape:
    return parse_shape(text, PLACE)


def build(text: str, names: str, *rows: tuple[Any, ...]) -> Any:
    return parse(text).builder(names.split())(rows)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a", Column("a")),
        ("(a, b)", Tuple((Column("a"), Column("b")))),
        ("(a,)", Tuple((Column("a"),))),
        ("{a, b}", Record((Column("a"), Column("b")))),
        ("{a}", Record((Column("a"),))),
        ("[a]", Rows(Column("a"))),
        ("[(a, b)]", Rows(Tuple((Column("a"), Column("b"))))),
        ("[((a, b), c)]", Rows(Tuple((Tuple((Column("a"), Column("b"))), Column("c"))))),
        ("[{a, b}]", Rows(Record((Column("a"), Column("b"))))),
        ("{a: b}", Groups(Column("a"), Column("b"))),
        ("{(a, b): c}", Groups(Tuple((Column("a"), Column("b"))), Column("c"))),
        ("{a: (b, c)}", Groups(Column("a"), Tuple((Column("b"), Column("c"))))),
        ("{a: {b, c}}", Groups(Column("a"), Record((Column("b"), Column("c"))))),
        ("{a: [b]}", Groups(Column("a"), Rows(Column("b")))),
        ("{a: [{b}]}", Groups(Column("a"), Rows(Record((Column("b"),))))),
        ("{a: {b: c}}", Groups(Column("a"), Groups(Column("b"), Column("c")))),
        ("{a: {b: {c: [d]}}}", Groups(Column("a"), Groups(Column("b"), Groups(Column("c"), Rows(Column("d")))))),
        ('[{"import", "with space"}]', Rows(Record((Column("import"), Column("with space"))))),
    ],
)
def test_every_form(text: str, node: Node) -> None:
    assert parse(text).node == node


@pytest.mark.parametrize(
    "text",
    [
        *("()", "{}", "[]", "[()]", "{a: ()}", "[a, b]", "{a: b, c: d}", "[[a]]", "{a: [[b]]}", "[{a: b}]", "({a}, b)"),
        *("[({a}, b)]", "({a: b},)", "{(a, [b])}", "{{a}: b}", "{[a]: b}", "{a: [{b: c}]}", "{a, (b, c)}", "{a, a}"),
        *("None", "1", "[1]", "a.b", "a + b", "{**a}", "[*a]", "[a for a in b]", "f(a)", "a if b else c", "..."),
    ],
)
def test_what_is_not_one_of_the_forms_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert str(raised.value) == (
        "some.sql:5:1: returns: takes column names as in [a], [(a, b)], [{a, b}], {a: [b]}, {a: b}, {a: {b: c}}, "
        f"{{a, b}}, (a, b) or a, not {text}"
    )


@pytest.mark.parametrize("text", ["", "[a", "a b", "[import]", "a;b", "a = b", "{a: }", "*a"])
def test_what_python_cannot_read_is_refused(text: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    found = str(raised.value)
    assert found.startswith("some.sql:5:1: returns: isn't a Python literal of column names (")
    assert found.endswith(f"): {text}")


@pytest.mark.parametrize(
    ("text", "operator", "is_single"),
    [
        ("a", "$", True),
        ("(a, b)", "^", True),
        ("{a, b}", "^", True),
        ("[a]", "", False),
        ("[{a}]", "", False),
        ("{a: b}", "", False),
        ("{a: [b]}", "", False),
    ],
)
def test_the_operator_goes_with_the_shape(text: str, operator: str, is_single: bool) -> None:
    assert (parse(text).operator, parse(text).is_single) == (operator, is_single)


@pytest.mark.parametrize(("text", "expected"), [("[a]", True), ("[{a}]", True), ("{a: [b]}", False), ("a", False)])
def test_a_list_is_told_from_a_dict_of_lists(text: str, expected: bool) -> None:
    assert parse(text).is_list is expected


def test_the_columns_are_in_the_order_of_their_first_mention() -> None:
    assert parse("{(b, a): {c: [(a, d)]}}").columns == ("b", "a", "c", "d")


class TestBuilder:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[a]", [1, 3]),
            ("[(a,)]", [(1,), (3,)]),
            ("[(a, b)]", [(1, 2), (3, 4)]),
            ("[{a, b}]", [{"a": 1, "b": 2}, {"a": 3, "b": 4}]),
            ("[((b, a), b)]", [((2, 1), 2), ((4, 3), 4)]),
            ("{a: b}", {1: 2, 3: 4}),
            ("{a: (b,)}", {1: (2,), 3: (4,)}),
            ("{a: {b}}", {1: {"b": 2}, 3: {"b": 4}}),
            ("{(a, b): a}", {(1, 2): 1, (3, 4): 3}),
            ("{a: [b]}", {1: [2], 3: [4]}),
            ("{a: [(a, b)]}", {1: [(1, 2)], 3: [(3, 4)]}),
            ("{a: [{b}]}", {1: [{"b": 2}], 3: [{"b": 4}]}),
            ("{a: {b: a}}", {1: {2: 1}, 3: {4: 3}}),
            ("{a: {b: [a]}}", {1: {2: [1]}, 3: {4: [3]}}),
            ("a", 1),
            ("(a, b)", (1, 2)),
            ("{a, b}", {"a": 1, "b": 2}),
        ],
    )
    def test_rows_become_the_answer(self, text: str, expected: Any) -> None:
        assert build(text, "a b", (1, 2), (3, 4)) == expected

    def test_columns_are_found_by_name_whatever_their_order(self) -> None:
        assert build("[(a, b)]", "b a", (1, 2)) == [(2, 1)]
        assert build("{c: [{b, a}]}", "a b c", (1, 2, 3)) == {3: [{"b": 2, "a": 1}]}

    def test_the_keys_of_a_record_are_in_the_order_of_the_shape(self) -> None:
        assert list(build("{b, a}", "a b", (1, 2))) == ["b", "a"]

    def test_columns_that_the_shape_leaves_out_are_left_out(self) -> None:
        assert build("[(a,)]", "a sort_key", (1, 2)) == [(1,)]

    def test_the_order_of_the_rows_is_the_order_of_the_answer(self) -> None:
        rows = [("b", 2), ("a", 1), ("b", 1)]
        answer = build("{a: [b]}", "a b", *rows)
        assert list(answer.items()) == [("b", [2, 1]), ("a", [1])]
        assert build("[(a, b)]", "a b", *rows) == rows

    def test_rows_may_come_one_by_one(self) -> None:
        for text, expected in [("[a]", [1, 3]), ("{a: [b]}", {1: [2], 3: [4]}), ("{a, b}", {"a": 1, "b": 2})]:
            assert parse(text).builder(["a", "b"])(row for row in [(1, 2), (3, 4)]) == expected

    def test_equal_rows_are_kept(self) -> None:
        assert build("[a]", "a", (1,), (1,)) == [1, 1]
        assert build("{a: [b]}", "a b", (1, 2), (1, 2)) == {1: [2, 2]}

    def test_rows_of_one_key_stay_together_over_all_levels(self) -> None:
        rows = [(1, 2, 3), (1, 2, 4), (1, 5, 6), (7, 2, 8)]
        assert build("{a: {b: [c]}}", "a b c", *rows) == {1: {2: [3, 4], 5: [6]}, 7: {2: [8]}}
        assert build("{a: {b: {c: a}}}", "a b c", *rows) == {1: {2: {3: 1, 4: 1}, 5: {6: 1}}, 7: {2: {8: 7}}}

    def test_tuples_are_hashable_as_services_put_them_into_sets(self) -> None:
        assert set(build("[(a, b)]", "a b", (1, 2), (1, 2))) == {(1, 2)}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("[a]", []), ("[{a}]", []), ("{a: [b]}", {}), ("{a: b}", {}), ("a", None), ("(a, b)", None), ("{a, b}", None)],
    )
    def test_no_row_is_an_empty_answer(self, text: str, expected: Any) -> None:
        assert build(text, "a b") == expected

    def test_a_single_answer_may_be_null(self) -> None:
        assert build("a", "a", (None,)) is None
        assert build("(a, b)", "a b", (None, None)) == (None, None)
        assert build("{a}", "a", (None,)) == {"a": None}

    def test_names_that_python_could_not_read_are_keys_like_others(self) -> None:
        assert parse('[{"import", "it\'s"}]').builder(["import", "it's"])([(1, 2)]) == [{"import": 1, "it's": 2}]

    @pytest.mark.parametrize(
        ("text", "names", "expected"),
        [
            ("[(a, c)]", "a b", "the result has no column c; it has a, b"),
            ("{d: [c]}", "a b", "the result has no column c, d; it has a, b"),
            ("[a]", "a b a", "the result has several columns a; name them apart with AS"),
        ],
    )
    def test_columns_that_the_result_lacks_or_has_twice_are_refused(self, text: str, names: str, expected: str) -> None:
        with pytest.raises(LookupError) as raised:
            build(text, names)
        assert raised.value.args == (expected,)

    def test_a_doubled_column_that_the_shape_does_not_mention_is_no_matter(self) -> None:
        assert build("[a]", "a b b", (1, 2, 3)) == [1]


class TestNull:
    """The far side of a LEFT JOIN: all columns of an element NULL."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[a]", [1]),
            ("[(a, b)]", [(1, None), (None, 2)]),
            ("[{a, b}]", [{"a": 1, "b": None}, {"a": None, "b": 2}]),
        ],
    )
    def test_an_element_of_nulls_only_adds_nothing(self, text: str, expected: Any) -> None:
        assert build(text, "a b", (None, None), (1, None), (None, 2)) == expected

    def test_it_adds_the_key_that_it_stands_under(self) -> None:
        assert build("{url: [a]}", "url a", ("u", None)) == {"u": []}
        assert build("{url: [{a, b}]}", "url a b", ("u", None, None), ("v", 1, None)) == {
            "u": [],
            "v": [{"a": 1, "b": None}],
        }

    def test_it_adds_no_key_that_is_null_itself(self) -> None:
        assert build("{extra: [(a, b)]}", "extra a b", (None, None, None)) == {}
        assert build("{(a, b): [c]}", "a b c", (None, None, None), (None, 1, None)) == {(None, 1): []}

    def test_a_null_key_of_something_is_a_key(self) -> None:
        assert build("{extra: [(a, b)]}", "extra a b", (None, 1, None), ("gpu", 2, 3)) == {
            None: [(1, None)],
            "gpu": [(2, 3)],
        }

    def test_the_key_of_a_dict_inside_a_dict_follows_the_same_rule(self) -> None:
        rows = [("u", None, None, 0), ("v", "a", None, 2), (None, None, None, 0)]
        assert build("{url: {(a, b): n}}", "url a b n", *rows) == {"u": {}, "v": {("a", None): 2}}
        assert build("{a: {b: [c]}}", "a b c", (1, None, None), (1, 2, None), (3, None, 4)) == {1: {2: []}, 3: {}}

    def test_zero_false_and_the_empty_text_are_values(self) -> None:
        assert build("[a]", "a", (0,), (False,), ("",)) == [0, False, ""]
        assert build("{a: [b]}", "a b", ("", 0)) == {"": [0]}


class TestCopier:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("[a]", [1, 2]),
            ("[(a, b)]", [(1, 2)]),
            ("[{a, b}]", [{"a": 1, "b": 2}, {"a": 3, "b": 4}]),
            ("{a: b}", {1: 2}),
            ("{a: (b, c)}", {1: (2, 3)}),
            ("{a: {b, c}}", {1: {"b": 2, "c": 3}}),
            ("{a: [b]}", {1: [2], 3: []}),
            ("{a: [{b}]}", {1: [{"b": 2}, {"b": 3}]}),
            ("{a: {b: c}}", {1: {2: 3}}),
            ("{a: {b: [c]}}", {1: {2: [3]}, 4: {}}),
            ("{a: {b: {c: [{d}]}}}", {1: {2: {3: [{"d": 4}]}, 5: {6: []}}}),
            ("{a: {b: {c: {d: e}}}}", {1: {2: {3: {4: 5}}}}),
            ("a", 1),
            ("(a, b)", (1, 2)),
            ("{a, b}", {"a": 1, "b": 2}),
        ],
    )
    def test_a_copy_is_equal_and_shares_nothing_that_can_be_changed(self, text: str, answer: Any) -> None:
        copy = parse(text).copier()(answer)
        assert copy == answer
        assert type(copy) is type(answer)
        assert not changeable(answer) & changeable(copy)

    @pytest.mark.parametrize("text", ["a", "(a, b)", "{a, b}"])
    def test_no_row_is_copied_as_no_row(self, text: str) -> None:
        assert parse(text).copier()(None) is None

    def test_the_order_of_keys_is_copied(self) -> None:
        assert list(parse("{a: [b]}").copier()({"b": [], "a": []})) == ["b", "a"]


def changeable(value: Any) -> set[int]:
    """The identities of all lists and dicts in a value."""
    if isinstance(value, dict):
        return {id(value)}.union(*map(changeable, value.values()))
    return {id(value)}.union(*map(changeable, value)) if isinstance(value, list) else set()


columns = st.sampled_from("abcd").map(Column)
flat = st.recursive(
    columns, lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda items: Tuple(tuple(items)))
)
records = st.lists(columns, min_size=1, max_size=3, unique=True).map(lambda items: Record(tuple(items)))
elements = flat | records
several = st.recursive(
    st.builds(Rows, elements) | st.builds(Groups, flat, elements),
    lambda inner: st.builds(Groups, flat, inner),
    max_leaves=3,
)
values = st.lists(st.tuples(*[st.sampled_from([None, 0, 1])] * 4), max_size=6)


def written(node: Node) -> str:
    match node:
        case Column(name):
            return name
        case Tuple(items):
            return f"({''.join(f'{written(item)}, ' for item in items)})"
        case Record(items):
            return f"{{{', '.join(map(written, items))}}}"
        case Rows(element):
            return f"[{written(element)}]"
        case Groups(key, value):
            return f"{{{written(key)}: {written(value)}}}"


def value_of(node: Node, row: dict[str, Any]) -> Any:
    match node:
        case Column(name):
            return row[name]
        case Tuple(items):
            return tuple(value_of(item, row) for item in items)
        case Record(items):
            return {item.name: row[item.name] for item in items}
    raise AssertionError(node)


def is_present(node: Node, row: dict[str, Any]) -> bool:
    return any(row[name] is not None for name in Shape("", node).columns)


def add(node: Node, row: dict[str, Any], answer: Any) -> None:
    """Add one row to an answer, slowly and plainly: what the compiled builder is held against."""
    if isinstance(node, Rows):
        if is_present(node.element, row):
            answer.append(value_of(node.element, row))
        return
    assert isinstance(node, Groups)
    key, below = value_of(node.key, row), node.value
    if not isinstance(below, Rows | Groups):
        answer[key] = value_of(below, row)
        return
    is_there = is_present(below.element if isinstance(below, Rows) else below.key, row)
    if is_there or is_present(node.key, row):
        inner = answer.setdefault(key, [] if isinstance(below, Rows) else {})
        if is_there:
            add(below, row, inner)


@given(several, values, st.permutations("abcd"))
def test_the_compiled_builder_does_what_the_rules_say(
    node: Node, rows: list[tuple[Any, ...]], order: list[str]
) -> None:
    expected: Any = [] if isinstance(node, Rows) else {}
    for row in rows:
        add(node, dict(zip(order, row, strict=True)), expected)
    shape = parse(written(node))
    assert shape.node == node
    answer = shape.builder(order)(rows)
    assert answer == expected
    assert repr(answer) == repr(expected)  # also in the order of keys
    copy = shape.copier()(answer)
    assert repr(copy) == repr(answer)
    assert not changeable(answer) & changeable(copy)


@given(st.text(alphabet="ab{}[]():,' \n1*.", max_size=12))
def test_any_text_is_a_shape_that_works_or_is_refused(text: str) -> None:
    try:
        shape = parse(text)
    except QueryError:
        return
    answer = shape.builder(shape.columns)([tuple(range(len(shape.columns)))])
    assert shape.copier()(answer) == answer
