"""Other revisions of queries and migrations, as git has them."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from tests.sql.checking.repository import NAMES, TABLE, Repository
from thoth_storages.exceptions import MigrationError, RevisionError
from thoth_storages.sql.checking.revision import Revision, checked_out

START = {"queries/maker.sql": NAMES, "queries/sync/more.sql": NAMES, "migrations/0001.maker.sql": TABLE}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository whose revision ``v1`` isn't what its files are now."""
    repository = Repository(tmp_path_factory.mktemp("checkout"))
    repository.commit("v0", {"other.txt": "nothing of that kind\n"})
    repository.commit("v1", START)
    repository.write(
        {
            "queries/maker.sql": NAMES.replace("-- returns:", "-- retruns:") + NAMES.replace("names", "countries"),
            "migrations/0002.more.sql": "-- stage: pre\nALTER TABLE makre ADD COLUMN more text;\n",
        }
    )
    return repository


@pytest.fixture
def now(repository: Repository) -> Revision:
    """The files as they are."""
    return Revision("", repository.folder, "sql/")


class TestAnotherRevision:
    def test_has_the_files_that_it_had(self, repository: Repository) -> None:
        with checked_out("v1", repository.folder) as revision:
            sources, mistakes = revision.sources()
            assert [str(source.place.path) for source in sources] == [
                "v1:sql/queries/maker.sql",
                "v1:sql/queries/sync/more.sql",
            ]
            assert mistakes == []
            assert [migration.id for migration in revision.migrations()] == ["0001.maker"]

    def test_is_gone_when_it_was_used(self, repository: Repository) -> None:
        with checked_out("HEAD", repository.folder) as revision:
            assert (revision.folder / "queries").is_dir()
        assert not revision.folder.exists()

    def test_is_found_from_within_a_hook_of_another_repository(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
        with checked_out("v1", repository.folder) as revision:
            assert len(revision.migrations()) == 1

    @pytest.mark.parametrize("name", ["v9", "", "--help", "HEAD:sql/queries", "v1..HEAD", "v1 v0"])
    def test_that_is_not_known_is_an_error(self, repository: Repository, name: str) -> None:
        said = f"git knows no revision {name!r} here; fetch it ('git fetch --tags'), or name another"
        with pytest.raises(RevisionError, match=f"^{re.escape(said)}$"), checked_out(name, repository.folder):
            pass

    def test_without_queries_is_an_error(self, repository: Repository) -> None:
        said = "^v0 has no queries and migrations in sql/: git says: .*'queries' did not match any files$"
        with pytest.raises(RevisionError, match=said), checked_out("v0", repository.folder):
            pass


class TestWithoutACheckout:
    def test_the_error_says_what_git_says(self, tmp_path: Path) -> None:
        said = (
            rf"^{tmp_path} is in no checkout of the sources, .* \(git says: fatal: not a git repository .*\); run the"
        )
        with pytest.raises(RevisionError, match=said), checked_out("HEAD", tmp_path):
            pass

    def test_a_folder_that_is_not_tracked_is_none(self, repository: Repository) -> None:
        installed = Repository(repository.folder.parent / "venv").folder
        (installed / "queries").mkdir()
        with pytest.raises(RevisionError, match=r"\(git doesn't track it\)"), checked_out("HEAD", installed):
            pass

    def test_and_without_git_that_is_said(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nowhere")
        said = "read by git, which isn't installed"
        with pytest.raises(RevisionError, match=said), checked_out("v1", repository.folder):
            pass


class TestTheFilesAsTheyAre:
    def test_are_read_with_every_mistake(self, now: Revision) -> None:
        sources, mistakes = now.sources()
        assert [source.name for source in sources] == ["get_maker_countries_all", "get_maker_names_all"]
        assert list(map(str, mistakes)) == ["sql/queries/maker.sql:2:1: unknown key 'retruns'; did you mean 'returns'?"]

    def test_that_are_no_text_are_a_mistake(self, tmp_path: Path) -> None:
        (tmp_path / "queries").mkdir()
        (tmp_path / "queries/latin.sql").write_bytes("-- name: é".encode("latin-1"))
        sources, (mistake,) = Revision("", tmp_path, "").sources()
        assert sources == []
        assert str(mistake).startswith("queries/latin.sql:1:1: this isn't UTF-8")

    def test_that_cannot_be_applied_are_named_as_they_are_shown(self, now: Revision, empty_database: str) -> None:
        with pytest.raises(MigrationError, match=r"^the migrations of these sources can't be applied: 0002\.more"):
            now.migrate(empty_database)

    def test_that_are_no_migrations_are_named_as_they_are_shown(self, tmp_path: Path) -> None:
        (tmp_path / "migrations").mkdir()
        (tmp_path / "migrations/0001.a.sql").write_text("SELECT 1;\n")
        said = "^the migrations of v1 can't be applied: v1:sql/migrations/0001.a.sql: the header needs a line"
        with pytest.raises(MigrationError, match=said):
            Revision("v1", tmp_path, "v1:sql/").migrations()

    def test_are_applied_up_to_a_migration(self, now: Revision, empty_database: str) -> None:
        now.migrate(empty_database, to="0001.maker")
        with psycopg.connect(empty_database) as connection:
            assert connection.execute("SELECT count(*) FROM maker").fetchone() == (0,)
