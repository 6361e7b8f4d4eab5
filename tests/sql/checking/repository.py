"""Small repositories of queries and migrations, to compare revisions of."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

AUTHOR = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")

TABLE = "-- stage: baseline\nCREATE TABLE maker (id integer PRIMARY KEY, name text NOT NULL, country text);\n"
NAMES = "-- name: get_maker_names_all\n-- returns: [name]\nSELECT m.name\nFROM maker AS m\nORDER BY m.name;\n"


class Repository:
    """A git repository; its files are those of a folder ``sql`` in it."""

    def __init__(self, place: Path) -> None:
        """Make one without a commit."""
        self.folder = place / "sql"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")

    def git(self, *arguments: str) -> None:
        """Run git in it."""
        subprocess.run(["git", "-C", str(self.folder.parent), *AUTHOR, *arguments], check=True, capture_output=True)

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files, by their paths in the folder, and remove those with None."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True) if text is None else path.write_text(text, encoding="utf-8")

    def commit(self, tag: str, files: Mapping[str, str | None]) -> None:
        """Write files, and commit and tag what there is then."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", tag)
        self.git("tag", tag)
