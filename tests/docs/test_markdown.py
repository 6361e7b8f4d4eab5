"""The pieces of Markdown that the reference is made of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.docs_reference import markdown as md
from scripts.docs_reference.classes import call, members
from scripts.docs_reference.signatures import read_signatures
from thoth_storages.sql.named import catalog


class TestProse:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("as it is, a_b_c", "as it is, a_b_c"),
            ("the <kind> of *all*", "the &lt;kind> of \\*all\\*"),
            ("_private and mine_", "\\_private and mine\\_"),
            ("`a < b` < ``c * `d` `` *", "`a < b` &lt; ``c * `d` `` \\*"),
        ],
    )
    def test_shows_what_it_says(self, text: str, written: str) -> None:
        assert md.prose(text) == written


class TestADocstring:
    def test_keeps_paragraphs(self) -> None:
        assert md.docstring("One.\n\n    Two,\n    on two lines.\n    ") == "One.\n\nTwo,\non two lines."

    def test_shows_a_session_as_one(self) -> None:
        assert md.docstring("So:\n\n>>> 1 + 1\n2") == "So:\n\n```pycon\n>>> 1 + 1\n2\n```"

    def test_shows_an_indented_block_as_python(self) -> None:
        assert md.docstring("So::\n\n    a = 1\n\n    b = 2\n\nDone.") == (
            "So:\n\n```python\na = 1\n```\n\n```python\nb = 2\n```\n\nDone."
        )
        assert md.docstring("It.\n\n::\n\n    a = 1") == "It.\n\n```python\na = 1\n```"

    def test_lists_arguments(self) -> None:
        assert md.docstring("It.\n\nArgs:\n    a: the first,\n        on two lines.\n    b: <it>.") == (
            "It.\n\nArgs:\n\n- `a`: the first, on two lines.\n- `b`: &lt;it>."
        )

    @pytest.mark.parametrize("text", [None, ""])
    def test_may_be_missing(self, text: str | None) -> None:
        assert md.docstring(text) == ""


class TestABlock:
    def test_is_fenced(self) -> None:
        assert md.block("SELECT 1\n\n", "sql") == "```sql\nSELECT 1\n```"

    def test_may_hold_fences(self) -> None:
        assert md.block("```\nx\n```", "text") == "````text\n```\nx\n```\n````"


def test_a_table_has_one_line_a_row_whatever_is_in_it() -> None:
    assert md.table(("a", "b"), [("1 | 2", "x\n  y")]) == "| a | b |\n| --- | --- |\n| 1 \\| 2 | x y |"


@pytest.mark.parametrize(("text", "written"), [("a", "`a`"), (1, "`1`"), ("a`b", "`` a`b ``")])
def test_code_may_hold_backticks(text: object, written: str) -> None:
    assert md.code(text) == written


def test_a_page_leaves_out_what_is_empty() -> None:
    assert md.page("# A", "", None, "b") == "# A\n\nb\n"


class Example:
    """An example."""

    def method(self, first: int, /, *rest: str, named: bool = False, **others: object) -> Iterator[str]:
        """Do something."""
        yield from ()

    @classmethod
    def made(cls, *, size: int = 1) -> Example:
        """Make one."""
        return cls()

    @property
    def size(self) -> int:
        """The size."""
        return 1

    def _private(self) -> None:
        pass


class TestAClass:
    def test_is_told_with_its_public_members(self) -> None:
        assert list(members(Example)) == [
            "`method(first: int, *rest: str, named: bool = False, **others: object) -> Iterator[str]`\n: Do something.",
            "`made(*, size: int = 1) -> Example`\n: Make one.",
            "`size`\n: The size.",
        ]

    def test_is_called_without_an_answer(self) -> None:
        assert call("Example", Example) == "Example()"


class TestASignature:
    def test_of_a_few_parameters_is_a_line(self) -> None:
        assert md.call("f", ["a: int", "b"], "int") == "f(a: int, b) -> int"

    def test_of_many_has_a_line_for_each(self) -> None:
        parameters = [f"parameter_{number}: int = {number}" for number in range(5)]
        written = md.call("f", parameters, None)
        assert written.splitlines() == ["f(", *(f"    {each}," for each in parameters), ")"]

    def test_is_known_for_every_query(self) -> None:
        signatures = read_signatures()
        for query in catalog.values():
            assert signatures.of(query).startswith(f"{query.name}(")
