"""The form of what analysers say: a document's metadata and its result, checked field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..exceptions import SchemaError

Check = Callable[[Any, str], object]
"""Called with a value and the path of its field; raises SchemaError, which names the path."""


class Schema:
    """The fields that an object of JSON has; called with one, it answers it unchanged or raises SchemaError.

    Args:
        fields: what each field must be.
        optional: the fields that may be missing.
        others: what fields beside these must be; by default there can't be any.

    >>> RESULT_SCHEMA({"metadata": {}, "result": {}})
    Traceback (most recent call last):
        ...
    thoth_storages.exceptions.SchemaError: metadata.analyzer: the field is missing
    """

    def __init__(
        self, fields: Mapping[str, Check], *, optional: Collection[str] = (), others: Check | None = None
    ) -> None:
        self._fields = fields
        self._required = fields.keys() - set(optional)
        self._others = others

    def __call__(self, document: Any, path: str = "") -> Any:
        """Check a document, or what is at a path of one."""
        if not isinstance(document, Mapping):
            raise _refusal(path or "the document", "an object", document)
        prefix = f"{path}." if path else ""
        if missing := sorted(self._required - document.keys()):
            raise SchemaError(f"{prefix}{missing[0]}: the field is missing")
        for name, value in document.items():
            check = self._fields.get(name, self._others)
            if check is None:
                known = ", ".join(self._fields)
                raise SchemaError(f"{prefix}{name}: there is no such field; there are {known}")
            check(value, f"{prefix}{name}")
        return document


def _text(value: Any, path: str) -> None:
    if not isinstance(value, str):
        raise _refusal(path, "a text", value)


def _whole_number(value: Any, path: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refusal(path, "a whole number", value)


def _object(value: Any, path: str) -> None:
    if not isinstance(value, Mapping):
        raise _refusal(path, "an object", value)


def _moment(value: Any, path: str) -> None:
    try:
        dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refusal(path, "a moment like 2022-01-31T05:09:13.123456", value) from None


def _anything(value: Any, path: str) -> None:
    """Take it."""


def _or_null(check: Check) -> Check:
    return lambda value, path: value is None or check(value, path)


def _refusal(path: str, wanted: str, value: Any) -> SchemaError:
    shown = repr(value)
    return SchemaError(f"{path}: {wanted} is needed, not {shown if len(shown) <= 80 else f'{shown[:80]}…'}")


_PYTHON = Schema(
    {
        "api_version": _whole_number,
        "implementation_name": _text,
        "major": _whole_number,
        "micro": _whole_number,
        "minor": _whole_number,
        "releaselevel": _text,
        "serial": _whole_number,
    }
)

_DISTRIBUTION = Schema(
    {
        "codename": _text,
        "id": _text,
        "like": _text,
        "version": _text,
        "version_parts": Schema({"build_number": _text, "major": _text, "minor": _text}),
    }
)

# https://www.freedesktop.org/software/systemd/man/os-release.html: a distribution needn't set any other variable, and
# may set variables of its own. Debian has no platform, a rolling release no version.
_OS_RELEASE = Schema({"id": _text, "name": _text}, others=_text)

METADATA_SCHEMA = Schema(
    {
        "analyzer": _text,
        "analyzer_version": _text,
        "arguments": _object,
        "datetime": _moment,
        "distribution": _DISTRIBUTION,
        "document_id": _text,
        # An analyser that was killed doesn't know how long it took, one that is run by hand has no deployment.
        "duration": _or_null(_whole_number),
        "hostname": _text,
        "os_release": _OS_RELEASE,
        "python": _PYTHON,
        "thoth_deployment_name": _or_null(_text),
        "timestamp": _whole_number,
    }
)
"""The ``metadata`` of a document."""

RESULT_SCHEMA = Schema({"metadata": METADATA_SCHEMA, "result": _anything})
"""A document that an analyser writes, made on any distribution."""
