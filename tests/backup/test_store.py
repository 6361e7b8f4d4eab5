"""Backups in the object store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fix_s3 import S3
from thoth_storages.backup import DumpFormat, create_backup, rotate_backups, verify_backup
from thoth_storages.backup.manifest import check_files
from thoth_storages.backup.store import BackupStore
from thoth_storages.exceptions import BackupError, NotFoundError
from thoth_storages.objectstore import GraphBackupStore

OLD = [f"pg_dump-20-01-{day:02}-00-00-00" for day in range(1, 5)]


@pytest.fixture
def backups(s3: S3) -> GraphBackupStore:
    store = GraphBackupStore()
    store.connect()
    return store


@pytest.fixture
def place(backups: GraphBackupStore) -> BackupStore:
    return BackupStore(backups)


def objects(*dumps: str, manifests: tuple[str, ...] = ()) -> set[str]:
    """The keys of dumps, and of manifests."""
    return {f"graph-backup/{name}" for name in dumps} | {f"graph-backup-manifest/{name}" for name in manifests}


def test_a_backup_is_one_object_that_services_list_and_a_manifest_that_they_do_not(
    place: BackupStore, backups: GraphBackupStore, small_database: str, s3: S3
) -> None:
    name = create_backup(small_database, place)
    assert list(backups.get_document_listing()) == [name]
    assert set(s3.listing()) == objects(name, manifests=(name,))
    manifest = place.manifest(name)
    assert manifest is not None
    (listed,) = place.listing()
    assert (listed.name, listed.size, listed.manifest, listed.flaw) == (name, manifest.size, manifest, None)


def test_it_comes_back_as_it_was_and_stays_no_longer_than_it_is_needed(place: BackupStore, small_database: str) -> None:
    name = create_backup(small_database, place, DumpFormat.PLAIN)
    manifest = place.manifest(name)
    assert manifest is not None
    with place.fetched(name) as path:
        check_files(path, manifest)
    assert not path.exists()


def test_a_directory_is_not_stored(place: BackupStore, s3: S3) -> None:
    def write_directory(path: Path, name: str) -> Any:
        path.mkdir()

    with pytest.raises(BackupError, match="as one object: the format directory is for folders"):
        place.create(write_directory)
    assert s3.listing() == []


def test_one_of_another_size_than_its_manifest_says_has_a_flaw(
    place: BackupStore, backups: GraphBackupStore, small_database: str
) -> None:
    name = create_backup(small_database, place)
    backups.ceph.store_blob(backups.ceph.retrieve_blob(name)[:-1], name)
    (listed,) = place.listing()
    assert listed.flaw == f"it has {listed.size} bytes, not the {listed.size + 1} that were dumped"
    with pytest.raises(BackupError, match=r"isn't what was dumped"):
        verify_backup(place, name)


def test_one_that_is_not_there_is_told(place: BackupStore) -> None:
    assert place.manifest(OLD[0]) is None
    with pytest.raises(NotFoundError), place.fetched(OLD[0]):
        pass


def test_another_of_the_same_second_is_refused(
    place: BackupStore, small_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thoth_storages.backup.store.backup_name", lambda moment: OLD[0])
    create_backup(small_database, place)
    with pytest.raises(BackupError, match=f"{OLD[0]} was made in this very second: try again"):
        create_backup(small_database, place)


def test_rotating_removes_the_manifest_with_the_backup(place: BackupStore, backups: GraphBackupStore, s3: S3) -> None:
    for name in OLD:
        backups.ceph.store_blob(b"PGDMP", name)
    for name in (OLD[0], OLD[3]):
        backups.store_manifest(name, b"{}")
    assert [each.flaw is None for each in place.listing()] == [False, True, True, False]
    assert rotate_backups(place, 1) == OLD[:2]
    assert set(s3.listing()) == objects(*OLD[2:], manifests=(OLD[3],))


def test_the_oldest_are_removed_when_one_is_made(
    place: BackupStore, backups: GraphBackupStore, small_database: str, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "2")
    for name in OLD:
        backups.ceph.store_blob(b"PGDMP", name)
        backups.store_manifest(name, b"{}")
    kept = (OLD[-1], create_backup(small_database, place))
    assert set(s3.listing()) == objects(*kept, manifests=kept)


def test_nothing_is_left_of_a_backup_among_the_temporary_files(
    place: BackupStore, small_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    create_backup(small_database, place)
    assert list(tmp_path.iterdir()) == []
