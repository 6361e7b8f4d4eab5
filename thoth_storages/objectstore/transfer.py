"""Long transfers: in pieces, taken up again where they broke, and telling how far they are."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import Any

import urllib3.exceptions as http
from minio import Minio

from ..exceptions import ObjectStoreError

OnTransfer = Callable[[int, int], object]
"""Called with the bytes that are done, and all there are."""

# In memory there are about two parts of an upload, or one piece of a download.
_PART = 8 * 2**20
_PIECE = 2**20
_MOST_PARTS = 10_000
_LARGEST_PART = 5 * 2**30
_SMALLEST_PART = 5 * 2**20
_MOST_BREAKS = 5


class Transfer:
    """What the MinIO client tells of its progress, as calls of a function."""

    def __init__(self, on_transfer: OnTransfer) -> None:
        self._on_transfer = on_transfer
        self._done = 0
        self._total = 0

    @classmethod
    def of(cls, on_transfer: OnTransfer | None) -> Any:
        """Make one for a function; there is none for None."""
        return None if on_transfer is None else cls(on_transfer)

    def set_meta(self, object_name: str, total_length: int) -> None:
        """Take in how long the object is."""
        self._total = total_length

    def update(self, size: int) -> None:
        """Take in that so many more bytes are through."""
        self._done += size
        self._on_transfer(self._done, self._total)


class SteadyFile:
    """A file that is read twice, for its hash and to be sent; raises OSError when it changes in between."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._state = self._now()
        self.length = os.fstat(file.fileno()).st_size

    def digest(self) -> str:
        """Answer the SHA-256 of the content, in hexadecimal digits; reading begins at the start afterwards."""
        digest = hashlib.file_digest(self._file, "sha256").hexdigest()
        self._file.seek(0)
        return digest

    def read(self, size: int) -> bytes:
        """Read on, up to so many bytes."""
        piece = self._file.read(size)
        if self._now() != self._state:
            raise OSError(f"{self._file.name} changed while it was sent, so nothing is stored: store it again")
        return piece

    def _now(self) -> tuple[int, int]:
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns


def part_size_of_file(length: int) -> int:
    """Answer the size of the parts in which a file is sent, in bytes: small ones, unless that makes too many."""
    return max(_PART, -(-length // _MOST_PARTS))


def part_size_of_blob(length: int) -> int:
    """Answer the size of a part that holds all of what is in memory anyway."""
    return min(max(length, _SMALLEST_PART), _LARGEST_PART)


def download(
    client: Minio, bucket: str, key: str, take: Callable[[bytes], object], on_transfer: OnTransfer | None = None
) -> None:
    """Hand on an object's content piece by piece; where the connection breaks, a new one goes on from there.

    Raises ObjectStoreError when the object was replaced meanwhile, and whatever the client raises.
    """
    done, etag, total = 0, None, 0
    for breaks_left in reversed(range(_MOST_BREAKS)):
        response = client.get_object(bucket, key, offset=done)
        try:
            if done and response.headers.get("ETag") != etag:
                raise ObjectStoreError(f"The object {key!r} in bucket {bucket!r} was replaced while it was read")
            if not done:
                etag, total = response.headers.get("ETag"), int(response.headers.get("Content-Length", 0))
            # Streaming a small one takes a tenth longer.
            is_small = 0 < total <= _PIECE
            for piece in [response.read()] if is_small else response.stream(_PIECE):
                take(piece)
                done += len(piece)
                if on_transfer:
                    on_transfer(done, total)
            return
        except http.ProtocolError:
            if not breaks_left:
                raise
        finally:
            response.close()
            response.release_conn()


def write_whole(path: Path, fill: Callable[[Callable[[bytes], object]], object]) -> None:
    """Have a file written that is there whole or not at all; what was there before stays until then."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            fill(file.write)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
