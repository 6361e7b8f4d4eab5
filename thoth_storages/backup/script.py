"""A dump as SQL, on its way to psql: without what only the server that was dumped could do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..exceptions import BackupError

_COPY = re.compile(rb"COPY .* FROM stdin;\s*")
_END_OF_DATA = b"\\."
_RESTRICTION = re.compile(rb"\\(?:un)?restrict \S+\s*")
# Owners and rights are of roles that may not be there: what is restored belongs to who restores it.
_OF_ROLES = re.compile(
    rb"(?:ALTER [A-Z ]+ .* OWNER TO [^;]+|(?:GRANT|REVOKE) .+ (?:TO|FROM) [^;]+|ALTER DEFAULT PRIVILEGES .+"
    rb"|SET SESSION AUTHORIZATION .+);\s*"
)
_COMPLETE = b"-- PostgreSQL database dump complete"
_OPENER = re.compile(rb"--|/\*|[eE]?'|\"|\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$")
# Up to the end of what an opener began; in a text with escapes a backslash takes the sign after it along.
_UP_TO_QUOTE = re.compile(rb"(?:\\.|[^\\'])*'", re.DOTALL)
# Settings that came with a major version: older servers refuse them, and none of them changes what is restored.
_SETTINGS_SINCE = {b"SET transaction_timeout = 0;": 17}


def settings_unknown_to(server_major: int) -> set[bytes]:
    """Answer the statements of newer dumps that a server of a version refuses, though they change nothing."""
    return {setting for setting, since in _SETTINGS_SINCE.items() if server_major < since}


def restorable(lines: Iterable[bytes], *, server_major: int, origin: str) -> Iterator[bytes]:
    """Answer the lines that a server of a version can run, whoever the owners of the dumped tables were.

    Raises BackupError, which names the ``origin``, at the end of a dump that isn't whole, and for a command of psql's
    own, which no dump of one database has.
    """
    in_data, inside, is_complete, dropped = False, b"", False, settings_unknown_to(server_major)
    for line in lines:
        if in_data:
            in_data = line.rstrip(b"\r\n") != _END_OF_DATA
            yield line
            continue
        if not inside:
            if _RESTRICTION.fullmatch(line) or line.strip() in dropped or _OF_ROLES.fullmatch(line):
                continue
            if line.startswith(b"\\"):
                raise BackupError(f"{origin}: {line.decode(errors='replace').strip()!r} isn't for restoring a database")
            in_data = _COPY.fullmatch(line) is not None
            is_complete = is_complete or line.startswith(_COMPLETE)
        inside = _inside_after(line, inside)
        yield line
    if in_data or inside or not is_complete:
        raise BackupError(f"{origin}: the dump isn't whole: it ends before the line {_COMPLETE.decode()!r}")


def _inside_after(line: bytes, inside: bytes) -> bytes:
    """Say what a line leaves open, as that began: a text, a name or a comment; nothing for none of them."""
    position = 0
    while True:
        if not inside:
            opened = _OPENER.search(line, position)
            if opened is None or opened[0] == b"--":
                return b""
            inside, position = opened[0], opened.end()
        closed = _up_to_end(inside).match(line, position)
        if closed is None:
            return inside
        inside, position = b"", closed.end()


def _up_to_end(opener: bytes) -> re.Pattern[bytes]:
    if opener in (b"e'", b"E'"):
        return _UP_TO_QUOTE
    closer = b"*/" if opener == b"/*" else opener
    return re.compile(b".*?" + re.escape(closer), re.DOTALL)
