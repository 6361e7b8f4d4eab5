"""Backups in the object store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fix_s3 import S3
from thoth_storages.backup import DumpFormat, create_backup, rotate_backups, verify_backup
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


class TestABackup:
    def test_is_one_object_that_services_list_and_a_manifest_that_they_do_not(
        self, place: BackupStore, backups: GraphBackupStore, small_database: str, s3: S3
    ) -> None:
        name = create_backup(small_database, place)
        assert list(backups.get_document_listing()) == [name]
        assert s3.listing() == [f"graph-backup-manifest/{name}", f"graph-backup/{name}"]
        manifest = place.manifest(name)
        assert manifest is not None
        (listed,) = place.listing()
        assert (listed.name, listed.size, listed.manifest, listed.flaw) == (name, manifest.size, manifest, None)

    def test_comes_back_as_it_was(self, place: BackupStore, small_database: str) -> None:
        name = create_backup(small_database, place, DumpFormat.PLAIN)
        with place.fetched(name) as path:
            assert path.read_text().rstrip().endswith("-- PostgreSQL database dump complete\n--".rstrip()) or (
                "dump complete" in path.read_text()
            )
        assert not path.exists()

    def test_that_fails_is_not_stored(self, place: BackupStore, s3: S3) -> None:
        with pytest.raises(BackupError, match="as one object: the format directory is for folders"):
            place.create(lambda path, name: path.mkdir())  # type: ignore[func-returns-value,arg-type,return-value]
        assert s3.listing() == []

    def test_of_another_size_than_its_manifest_says_has_a_flaw(
        self, place: BackupStore, backups: GraphBackupStore, small_database: str
    ) -> None:
        name = create_backup(small_database, place)
        backups.ceph.store_blob(backups.ceph.retrieve_blob(name)[:-1], name)
        (listed,) = place.listing()
        assert str(listed.flaw).startswith(f"it has {listed.size} bytes, not the {listed.size + 1}")
        with pytest.raises(BackupError, match="isn't what was dumped"):
            verify_backup(place, name)

    def test_that_is_not_there_is_told(self, place: BackupStore) -> None:
        assert place.manifest(OLD[0]) is None
        with pytest.raises(NotFoundError), place.fetched(OLD[0]):
            pass


class TestRotating:
    def test_removes_the_manifest_with_the_backup(
        self, place: BackupStore, backups: GraphBackupStore, small_database: str, s3: S3
    ) -> None:
        for name in OLD:
            backups.ceph.store_blob(b"PGDMP", name)
            backups.store_manifest(name, b"{}" if name == OLD[0] else b"")
        assert [each.flaw is None for each in place.listing()] == [False] * 4
        backups.store_manifest(OLD[3], b"")
        name = create_backup(small_database, place)
        backups.ceph.store_blob(b"PGDMP", "pg_dump-19-01-01-00-00-00")
        assert rotate_backups(place, 1) == ["pg_dump-19-01-01-00-00-00"]
        assert set(backups.get_document_listing()) == {*OLD, name}

    def test_happens_when_one_is_made(
        self,
        place: BackupStore,
        backups: GraphBackupStore,
        small_database: str,
        s3: S3,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "2")
        for name in OLD:
            backups.ceph.store_blob(b"PGDMP", name)
            backups.store_manifest(name, b"{}")
        name = create_backup(small_database, place)
        kept = [OLD[-1], name]
        assert s3.listing() == [
            *(f"graph-backup-manifest/{each}" for each in kept),
            *(f"graph-backup/{each}" for each in kept),
        ]


def test_nothing_is_left_of_a_backup_among_the_temporary_files(
    place: BackupStore, small_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    create_backup(small_database, place)
    assert list(tmp_path.iterdir()) == []
