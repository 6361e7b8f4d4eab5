"""How the tests run the command line: within their process, or as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from thoth_storages.cli import main

ROOT = Path(__file__).parents[2]


def call(*arguments: str, answer: str | None = None) -> Result:
    """Run a command within this process; an exception that it doesn't foresee is raised here."""
    return CliRunner().invoke(main, arguments, answer, prog_name="thoth-storages", catch_exceptions=False)


def succeed(*arguments: str) -> str:
    """Run a command that has to end with 0, and answer what it wrote to stdout."""
    result = call(*arguments)
    assert (result.exit_code, "Error" in result.stderr) == (0, False), result.stderr
    return result.stdout


def start(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own, and wait for it."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT, **options}
    return subprocess.run(_command(arguments), text=True, check=False, **options)


def spawn(*arguments: str) -> subprocess.Popen[str]:
    """Run a command as a process of its own, without waiting for it."""
    return subprocess.Popen(_command(arguments), text=True, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "thoth_storages", *arguments]
