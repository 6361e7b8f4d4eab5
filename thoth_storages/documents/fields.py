"""Reading a document with checked access: what is missing, or of another type, is refused by its path.

>>> document = Section({"result": {"tree": [{"package_name": None}]}}, "solver-rhel-8-py38-220101000000-1f")
>>> document.section("result").sections("tree")[0].text("package_name")
Traceback (most recent call last):
...
thoth_storages.exceptions.DocumentError: solver-…: result.tree[0].package_name: a text is needed, found null

Nothing here changes the document.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable
from typing import Any, TypeGuard

from ..exceptions import DocumentError

# PostgreSQL refuses to index a row over 2,704 bytes; the longest key holds two such texts, and no real name comes near.
LONGEST_KEY_TEXT = 512
# A text that is looked up without being a key shares an index with little else.
LONGEST_INDEXED_BYTES = 2_600

_LARGEST_INTEGER = 2**31 - 1
LARGEST_BIG_INTEGER = 2**63 - 1
_ABSENT: Any = object()


class Section:
    """An object inside a document, read member by member.

    Methods that take several names read the first member that holds something: older analysers wrote other names.
    """

    __slots__ = ("_document", "_members", "_path")

    def __init__(self, members: object, document: str, path: str = "") -> None:
        """Take the object at ``path`` of the document; raises DocumentError for what isn't an object."""
        self._document = document
        self._path = path
        if not isinstance(members, dict):
            raise self._refusal(path, "an object", members)
        self._members: dict[str, Any] = members

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def names(self) -> Iterable[str]:
        """Answer the names of the members."""
        return self._members.keys()

    def key_names(self) -> list[str]:
        """Answer the members' names where they name something: not empty, and short enough to be part of a key."""
        if "" in self._members:
            raise self._refusal(self._path, "a name for each member", "")
        return [self._key_text(name, self._path) for name in self._members]

    def section(self, name: str) -> Section:
        """Answer the object that a member holds."""
        return Section(self._members.get(name, _ABSENT), self._document, self._member_path(name))

    def optional_section(self, name: str) -> Section | None:
        """Answer the object that a member holds, or None for null; the member itself is needed."""
        return None if self._members.get(name, _ABSENT) is None else self.section(name)

    def absent_section(self, name: str) -> Section | None:
        """Answer the object that a member holds, or None for an absent or null member."""
        return None if self._members.get(name) is None else self.section(name)

    def section_or_empty(self, name: str) -> Section:
        """Answer the object that a member holds; an absent or null member is an object without members."""
        return self.absent_section(name) or Section({}, self._document, self._member_path(name))

    def sections(self, name: str) -> list[Section]:
        """Answer the objects of the list that a member holds."""
        items = self._members.get(name, _ABSENT)
        if not isinstance(items, list):
            raise self.refusal(name, "a list of objects")
        path = self._member_path(name)
        return [Section(item, self._document, f"{path}[{number}]") for number, item in enumerate(items)]

    def optional_sections(self, name: str) -> list[Section]:
        """Answer the objects of the list that a member holds; an absent or null member is an empty list."""
        return [] if self._members.get(name) is None else self.sections(name)

    def holds_text(self, name: str) -> bool:
        """Whether a member holds a text, where it might hold an object as well."""
        return isinstance(self._members.get(name), str)

    def holds_anything(self, name: str) -> bool:
        """Whether a member holds something: null, false, 0, and what is empty are nothing."""
        return bool(self._members.get(name))

    def text(self, *names: str) -> str:
        """Answer a text that names something: needed, not empty, and short enough to be part of a key."""
        value = self._first(names)
        if value is _ABSENT or value is None or value == "":
            raise self.refusal(names[0], "a text")
        return self._key_text(value, self._member_path(names[0]))

    def nullable_text(self, *names: str) -> str | None:
        """Answer a text that names something, or None for null or an empty text; one of the members is needed."""
        value = self._first(names)
        if value is _ABSENT:
            raise self.refusal(names[0], "a text or null")
        return None if value is None or value == "" else self._key_text(value, self._member_path(names[0]))

    def optional_text(self, name: str) -> str | None:
        """Answer a text that names something, or None for an absent, null or empty member."""
        return self.nullable_text(name) if name in self._members else None

    def long_text(self, name: str) -> str | None:
        """Answer a text of any length, or None for an absent, null or empty member."""
        value = self._members.get(name)
        return None if value is None or value == "" else self._plain_text(value, self._member_path(name))

    def needed_long_text(self, name: str) -> str:
        """Answer a text of any length: needed, and not empty."""
        return self._needed(name, self.long_text(name))

    def indexed_text(self, name: str) -> str | None:
        """Answer a text that is looked up, short enough for an index, or None for an absent, null or empty member."""
        text = self.long_text(name)
        if text is not None and len(text.encode()) > LONGEST_INDEXED_BYTES:
            raise self.refusal(name, f"a text of at most {LONGEST_INDEXED_BYTES:,} bytes")
        return text

    def needed_indexed_text(self, name: str) -> str:
        """Answer a text that is looked up, short enough for an index: needed, and not empty."""
        return self._needed(name, self.indexed_text(name))

    def prose(self, name: str) -> str | None:
        """Answer a text that people wrote, or None for an absent member; what can't be stored in it is dropped."""
        value = self._members.get(name)
        if value is None or isinstance(value, str):
            return None if value is None else storable_prose(value)
        raise self.refusal(name, "a text")

    def prose_list(self, name: str) -> list[str]:
        """Answer texts that people wrote; an absent member is no text, a single text is a list of one."""
        return [storable_prose(item) for _, item in self._items(name, self._members.get(name))]

    def texts(self, name: str) -> list[str]:
        """Answer the texts of a list that name something: null and empty ones don't; a single text is a list of one."""
        value = self._members.get(name, _ABSENT)
        return [self._key_text(item, path) for path, item in self._items(name, value) if item]

    def optional_texts(self, name: str) -> list[str]:
        """Answer the texts of a list as ``texts`` does; an absent member is an empty list."""
        return self.texts(name) if name in self._members else []

    def long_texts(self, name: str) -> list[str]:
        """Answer the texts of a list, of any length; null and empty ones don't count, and an absent list is empty."""
        return [self._plain_text(item, path) for path, item in self._items(name, self._members.get(name)) if item]

    def long_texts_by_name(self) -> dict[str, list[str]]:
        """Answer the lists of texts that the members hold, as ``long_texts`` does; names are texts to store as well."""
        return {self._plain_text(name, self._path): self.long_texts(name) for name in self._members}

    def flag(self, name: str, default: bool | None = None) -> bool | None:
        """Answer a boolean; an absent or null member is the default."""
        value = self._members.get(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        raise self.refusal(name, "true or false")

    def optional_integer(self, name: str, largest: int = _LARGEST_INTEGER) -> int | None:
        """Answer a whole number (a fraction is rounded), or None; by default one that an integer column holds."""
        value = self._number(name)
        if value is None:
            return None
        if abs(value) > largest:
            raise self.refusal(name, f"a number up to {largest}")
        return round(value)

    def optional_number(self, name: str) -> float | None:
        """Answer a number, or None for an absent or null member."""
        value = self._number(name)
        return None if value is None else float(value)

    def moment(self, name: str) -> dt.datetime:
        """Answer a date and time (ISO 8601) as naive UTC; one without a time zone is taken to be UTC."""
        value = self._members.get(name, _ABSENT)
        try:
            return _in_utc(dt.datetime.fromisoformat(value))
        except (TypeError, ValueError, OverflowError):
            raise self.refusal(name, "a date and time such as 2022-01-31T12:34:56") from None

    def refusal(self, name: str, needed: str) -> DocumentError:
        """Answer the error that says what is needed in a member and what was found there."""
        return self._refusal(self._member_path(name), needed, self._members.get(name, _ABSENT))

    def _number(self, name: str) -> int | float | None:
        value = self._members.get(name)
        if value is None or _is_number(value):
            return value
        raise self.refusal(name, "a number")

    def _first(self, names: Iterable[str]) -> Any:
        for name in names:
            if (value := self._members.get(name)) is not None and value != "":
                return value
        return next((self._members[name] for name in names if name in self._members), _ABSENT)

    def _items(self, name: str, value: Any) -> list[tuple[str, str]]:
        path = self._member_path(name)
        if value is None or isinstance(value, str):
            return [] if value is None else [(path, value)]
        if not isinstance(value, list):
            raise self._refusal(path, "a list of texts", value)
        items = [(f"{path}[{number}]", item) for number, item in enumerate(value) if item is not None]
        for item_path, item in items:
            if not isinstance(item, str):
                raise self._refusal(item_path, "a text", item)
        return items

    def _needed(self, name: str, text: str | None) -> str:
        if text is None:
            raise self.refusal(name, "a text")
        return text

    def _key_text(self, value: Any, path: str) -> str:
        text = self._plain_text(value, path)
        if len(text) > LONGEST_KEY_TEXT:
            raise self._refusal(path, f"a text of at most {LONGEST_KEY_TEXT} characters", text)
        return text

    def _plain_text(self, value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise self._refusal(path, "a text", value)
        if not _is_storable(value):
            raise self._refusal(path, "a text without NUL characters and lone surrogates", value)
        return value

    def _member_path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _refusal(self, path: str, needed: str, found: Any) -> DocumentError:
        where = f"{self._document}: {path}" if path else self._document
        return DocumentError(f"{where}: {needed} is needed, found {_shown(found)}")


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is None else moment.astimezone(dt.UTC).replace(tzinfo=None)


def _is_number(value: object) -> TypeGuard[int | float]:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        # A whole number with more digits than any column has.
        return False


def storable_prose(text: str) -> str:
    """Drop from a text that people wrote what PostgreSQL can't store.

    A NUL in a description says nothing, and isn't worth losing the document for; in a name it would make another name,
    so there it is refused.
    """
    if _is_storable(text):
        return text
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_storable(text: str) -> bool:
    """Tell whether PostgreSQL takes the text: in JSON it may hold NUL and halves of surrogate pairs."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return "nothing"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    shown = json.dumps(value, default=repr)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
