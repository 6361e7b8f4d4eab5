"""The manifest of a dump."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import CopyDump
from tests.backup.making import FORMATS, flip_a_byte, largest_file, truncate
from thoth_storages.backup import BackupFolder, DumpFormat, Manifest, read_manifest
from thoth_storages.backup.fingerprint import Fingerprint
from thoth_storages.backup.manifest import FileContent, check_files, read_files
from thoth_storages.exceptions import BackupError

Damage = Callable[[Path, float], None]

MANIFEST = Manifest(
    name="pg_dump-24-02-29-12-30-00",
    created_at=dt.datetime(2024, 2, 29, 12, 30, 0, 123456, tzinfo=dt.UTC),
    dump_format="directory",
    database="graph",
    server_version="15.4 (Debian)",
    program_version="pg_dump (PostgreSQL) 15.4",
    library_version="1.0.0",
    schema_version=None,
    tables={"public.t": Fingerprint(2, "-123456789012345678901234567890")},
    files={"toc.dat": FileContent(3, "aa"), "1.dat.gz": FileContent(4, "bb")},
)


def manifest_of(dump: Path) -> Manifest:
    found = BackupFolder(dump.parent).manifest(dump.name)
    assert found is not None
    return found


def test_what_is_written_is_read() -> None:
    assert read_manifest(MANIFEST.to_json(), "here") == MANIFEST


def test_it_tells_the_size_and_the_major_version() -> None:
    assert (MANIFEST.size, MANIFEST.server_major) == (7, 15)
    assert dataclasses.replace(MANIFEST, server_version="18beta2").server_major == 18


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"7", b"{}", b"{", b"\xff", b'{"manifest_version": 1}', MANIFEST.to_json()[:-30]],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(BackupError, match=r"^here: this is no manifest of a dump"):
        read_manifest(content, "here")


@pytest.mark.parametrize(
    "change",
    [{"tables": {"t": {"rows": 1}}}, {"files": {"": {}}}, {"created_at": "yesterday"}, {"extra": 1}, {"tables": []}],
)
def test_a_manifest_with_other_fields_is_refused(change: dict[str, Any]) -> None:
    content = json.loads(MANIFEST.to_json()) | change
    with pytest.raises(BackupError, match=r"^here: this is no manifest"):
        read_manifest(json.dumps(content).encode(), "here")


def test_one_of_a_newer_library_says_so() -> None:
    content = json.loads(MANIFEST.to_json()) | {"manifest_version": 2}
    with pytest.raises(BackupError, match="of version 2, and this library reads 1: update it"):
        read_manifest(json.dumps(content).encode(), "here")


@pytest.mark.parametrize("dump_format", FORMATS)
class TestTheFilesOfADump:
    def test_are_what_was_dumped(self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path]) -> None:
        dump = dumps[dump_format]
        manifest = manifest_of(dump)
        check_files(dump, manifest)
        assert read_files(dump) == manifest.files
        assert set(manifest.files) == ({path.name for path in dump.iterdir()} if dump.is_dir() else {""})

    @pytest.mark.parametrize(
        ("damage", "said"),
        [(truncate, r"it has \d+ bytes, not \d+$"), (flip_a_byte, "it has the right size, but other bytes in it$")],
        ids=["cut", "one other byte"],
    )
    @pytest.mark.parametrize("share", [0, 0.3, 0.9999])
    def test_are_found_to_be_damaged(
        self, dump_format: DumpFormat, copy_dump: CopyDump, damage: Damage, said: str, share: float
    ) -> None:
        dump = copy_dump(dump_format)
        manifest, file = manifest_of(dump), largest_file(dump)
        damage(dump, share)
        with pytest.raises(BackupError, match=f"^{file} isn't what was dumped: {said}"):
            check_files(dump, manifest)


def test_a_file_that_is_missing_or_was_added_is_found(copy_dump: CopyDump) -> None:
    dump = copy_dump(DumpFormat.DIRECTORY)
    manifest = manifest_of(dump)
    (dump / "other").touch()
    with pytest.raises(BackupError, match=f"^{dump}/other was added"):
        check_files(dump, manifest)
    (dump / "other").unlink()
    (dump / "toc.dat").unlink()
    with pytest.raises(BackupError, match=f"^{dump}/toc.dat is missing: the dump isn't whole"):
        check_files(dump, manifest)
