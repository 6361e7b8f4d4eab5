"""psql, which runs a script in one transaction, and is asked what came of it before that is kept."""

from __future__ import annotations

import contextlib
import csv
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

from .fingerprint import Ask, Row
from .programs import Access, failure, find_client

Answer = TypeVar("Answer")

_OPTIONS = ("--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=-")
_PIPE_BYTES = 1 << 20
# What a script selects is nobody's answer.
_UNHEARD = b"\\o /dev/null\n"
_HEARD = b"\\o\nSET client_encoding = 'UTF8';\n"


def run_script(lines: Iterable[bytes], access: Access, finish: Callable[[Ask], Answer]) -> Answer:
    """Have psql run a script, all of it or nothing, and answer what ``finish`` makes of the database then.

    ``finish`` asks in the same transaction, which nobody else sees yet, and which is undone when it raises, when the
    script fails, or when reading that does. Raises BackupError with psql's words.
    """
    program = find_client("psql")
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [program, *_OPTIONS, f"--dbname={access.conninfo}"],
            env=dict(access.environment),
            bufsize=_PIPE_BYTES,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        answers: list[Answer] = []
        try:
            assert process.stdin is not None
            process.stdin.writelines(_restricted(lines, program))
            answers.append(finish(_asking(process)))
        except (BrokenPipeError, EOFError):
            pass  # it has ended already, and its exit code and its words say why
        except BaseException:
            # At an orderly end of its input psql would commit what it has.
            process.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.communicate()
        if process.returncode != 0 or not answers:
            said.seek(0)
            raise failure(program, process.returncode, said.read().decode(errors="replace"))
        return answers[0]


def _asking(process: subprocess.Popen[bytes]) -> Ask:
    """Make the function that asks in the session of a psql; it raises EOFError when psql has ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, rows = process.stdin, csv.reader(map(bytes.decode, process.stdout))

    def ask(query: str) -> list[Row]:
        # psql may keep what a query answers to itself for a while; what it copies it passes on at once
        end = secrets.token_hex(16)
        for text in (query, f"SELECT '{end}'"):
            stdin.write(f"COPY (\n{text}\n) TO STDOUT (FORMAT csv);\n".encode())
        stdin.flush()
        answer: list[Row] = []
        for row in rows:
            if row == [end]:
                return answer
            answer.append(tuple(row))
        raise EOFError

    return ask


def _restricted(lines: Iterable[bytes], psql: Path) -> Iterator[bytes]:
    """Keep a script from using psql's own commands, with which a dump could run programs on this machine."""
    key = secrets.token_hex(16).encode()
    can_restrict = _can_restrict(psql)
    yield _UNHEARD
    if can_restrict:
        yield b"\\restrict " + key + b"\n"
    yield from lines
    if can_restrict:
        yield b"\\unrestrict " + key + b"\n"
    yield _HEARD


@cache
def _can_restrict(psql: Path) -> bool:
    said = subprocess.run([psql, "--help=commands"], capture_output=True, text=True).stdout
    return "\\restrict" in said
