"""Documents as bytes, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..exceptions import DocumentError

Document = dict[str, Any]


def document_blob(document: Mapping[str, Any]) -> bytes:
    """Write a document as the original library does, byte for byte: sorted, indented, ASCII.

    Raises DocumentError for what JSON can't hold.
    """
    try:
        return json.dumps(document, sort_keys=True, separators=(",", ": "), indent=2).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentError(f"The document can't be written as JSON: {error}") from error


def read_document(blob: bytes, key: str) -> Any:
    """Read a document; raises DocumentError, which names the object's key, for what is no JSON."""
    try:
        return json.loads(blob)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{key}: the object holds no JSON: {error}") from error
