"""The names of objects. What one server takes for the same key, and another for a different one, is refused."""

from __future__ import annotations

import re

from ..exceptions import ObjectKeyError

LONGEST_KEY = 1024
"""In bytes of UTF-8: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html."""

_LONGEST_SHOWN = 200  # characters, in a message
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")


def check_key(key: str) -> str:
    """Answer the key of an object unchanged; raises ObjectKeyError for one that isn't safe on every server."""
    if reason := _reason_against(key):
        shown = repr(key if len(key) <= _LONGEST_SHOWN else f"{key[:_LONGEST_SHOWN]}…")
        raise ObjectKeyError(f"An object can't have the key {shown}: {reason}")
    return key


def _reason_against(key: str) -> str | None:
    if not key:
        return "it is empty"
    if key.startswith("/") or key.endswith("/"):
        return "it begins or ends with a slash, which some servers drop"
    segments = key.split("/")
    if "" in segments:
        return "it has two slashes in a row, which some servers take for one"
    if "." in segments or ".." in segments:
        return "a part of it is '.' or '..', which some servers resolve as in a path"
    if "\\" in key:
        return "it has a backslash, which some servers take for a slash"
    if _CONTROL_CHARACTERS.search(key):
        return "it has a control character, which a listing in XML can't hold"
    return _reason_against_encoding(key)


def _reason_against_encoding(key: str) -> str | None:
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        return "it has half of a surrogate pair, which UTF-8 can't hold"
    return f"it takes {length} bytes, and {LONGEST_KEY} are allowed" if length > LONGEST_KEY else None
