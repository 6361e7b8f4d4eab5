"""``thoth-storages documents store`` and ``remove``: what is written and what goes, and what is refused."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import ROOT, call, start, succeed
from tests.cli.terminal import open_terminal
from tests.cli.test_documents import DAYS, advisers
from tests.documents.made_kinds import MADE
from tests.documents.making import DOCUMENT_ID
from tests.fix_s3 import S3
from tests.objectstore.making import result_document
from tests.sync.test_stored import put
from thoth_storages.cli.document_kinds import SYNCED_KINDS, WRITABLE_KINDS
from thoth_storages.objectstore import AdvisersResultsStore


def write(folder: Path, document: Any, name: str = "") -> str:
    """Write a document to a file; answers its path."""
    path = folder / (name or f"{document['metadata']['document_id']}.json")
    path.write_text(json.dumps(document))
    return str(path)


class TestStore:
    def test_documents_are_stored_as_the_library_stores_them(self, s3: S3, tmp_path: Path) -> None:
        documents = [result_document(each) for each in DAYS[:2]]
        files = [write(tmp_path, documents[0]), write(tmp_path, documents[1], "whatever")]
        assert succeed("documents", "store", "adviser", *files).split() == DAYS[:2]
        store = AdvisersResultsStore()
        store.connect()
        assert [store.ceph.retrieve_blob(each) for each in DAYS[:2]] == list(map(store.ceph.dict2blob, documents))
        assert s3.listing() == [f"adviser/{each}" for each in DAYS[:2]]

    @pytest.mark.usefixtures("ceph_s3")
    def test_programs_are_told_the_ids(self, tmp_path: Path) -> None:
        file = write(tmp_path, result_document(DAYS[0]))
        assert json.loads(succeed("documents", "store", "adviser", file, "--output", "json")) == {"stored": DAYS[:1]}

    @pytest.mark.parametrize("kind", [kind for kind in SYNCED_KINDS if kind in WRITABLE_KINDS])
    def test_each_kind_takes_ids_that_begin_with_its_name(self, ceph_s3: S3, tmp_path: Path, kind: str) -> None:
        document_id = f"{kind}-220131050913-b7c4ef0fc532ac45"
        file = write(tmp_path, result_document(document_id))
        assert succeed("documents", "store", kind, file) == f"{document_id}\n"
        assert succeed("documents", "list", kind) == f"{document_id}\n"
        assert len(ceph_s3.listing()) == 1

    @pytest.mark.usefixtures("ceph_s3")
    def test_a_log_of_a_build_is_stored_by_its_hash(self, tmp_path: Path) -> None:
        file = write(tmp_path, {"log": "Step 1"}, "log.json")
        (document_id,) = succeed("documents", "store", "buildlogs", file).split()
        assert document_id.startswith("buildlog-")
        assert json.loads(succeed("documents", "show", "buildlogs", document_id)) == {"log": "Step 1"}

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"metadata": {"duration": "long"}}, "metadata.duration: a whole number is needed, not 'long'"),
            ({"more": 1}, "more: there is no such field; there are metadata, result"),
            (
                {"metadata": {"document_id": DOCUMENT_ID}},
                f"metadata.document_id: an id that begins with 'adviser-' is needed, not '{DOCUMENT_ID}'",
            ),
            ({"metadata": {"document_id": ""}}, "metadata.document_id: an id is needed, not ''"),
            ({"metadata": {"document_id": "adviser-1//2"}}, "An object can't have the key '.*': .* two slashes .*"),
            ({"metadata": {"document_id": DAYS[1]}}, f"its id '{DAYS[1]}' is that of .*, too"),
        ],
    )
    def test_when_a_file_is_refused_none_is_stored(
        self, ceph_s3: S3, tmp_path: Path, change: dict[str, Any], said: str
    ) -> None:
        document = result_document(DAYS[0])
        changed = {**document, **change, "metadata": {**document["metadata"], **change.get("metadata", {})}}
        bad = write(tmp_path, changed, "bad.json")
        result = call("documents", "store", "adviser", write(tmp_path, result_document(DAYS[1])), bad)
        assert (result.exit_code, result.stdout) == (1, "")
        refusal, error = result.stderr.splitlines()
        assert_matches(refusal, rf"{bad}: {said}")
        assert error == "Error: 1 of 2 files can't be stored, so none is"
        assert ceph_s3.listing() == []

    @pytest.mark.parametrize("content", ["no JSON", "[]", "{}", "7"])
    def test_what_is_no_document_is_refused_with_the_file(self, ceph_s3: S3, tmp_path: Path, content: str) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text(content)
        result = call("documents", "store", "adviser", str(bad))
        assert (result.exit_code, result.stdout) == (1, "")
        refusal, _ = result.stderr.splitlines()
        assert refusal.startswith(f"{bad}: ")
        assert ceph_s3.listing() == []

    def test_a_file_that_is_not_there_is_a_wrong_call(self) -> None:
        result = call("documents", "store", "adviser", "/nowhere/adviser-1.json")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "/nowhere/adviser-1.json" in result.stderr

    @pytest.mark.parametrize("kind", ["inspection", "security-indicators", "adviser-cache", "analysis-by-digest"])
    def test_kinds_that_others_write_are_none_here(self, tmp_path: Path, kind: str) -> None:
        result = call("documents", "store", kind, write(tmp_path, result_document()))
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"there is no kind '{kind}' here: {', '.join(WRITABLE_KINDS)}." in result.stderr


class TestRemove:
    def test_documents_go_and_the_others_stay(self, s3: S3) -> None:
        advisers()
        assert succeed("documents", "remove", "adviser", *DAYS[:2], DAYS[0], "--yes").split() == DAYS[:2]
        assert s3.listing() == [f"adviser/{each}" for each in DAYS[2:]]

    @pytest.mark.usefixtures("s3")
    def test_one_that_is_missing_is_an_error_and_the_others_go(self) -> None:
        advisers(DAYS[:2])
        result = call("documents", "remove", "adviser", "adviser-9", DAYS[0], "--yes", "--output", "json")
        assert result.exit_code == 1
        assert json.loads(result.stdout) == {"removed": DAYS[:1], "missing": ["adviser-9"]}
        assert_matches(result.stderr, r"Error: No 'adviser-9' in thoth-tests/prefix-\d+/test/adviser/ at http\S+\n")
        assert succeed("documents", "list", "adviser").split() == DAYS[1:2]

    @pytest.mark.parametrize(("kind", "stays"), [("inspection", "inspection-10"), ("security", None)])
    def test_what_is_a_folder_goes_with_all_its_files(self, s3: S3, kind: str, stays: str | None) -> None:
        made = MADE[kind].documents()[:1]
        put(s3, kind, made)
        document_id = made[0].get("metadata", made[0])["document_id"]
        if stays:
            put(s3, kind, [{**made[0], "document_id": stays}])
        assert call("documents", "remove", kind, document_id[:-1], "--yes").exit_code == 1
        assert call("documents", "remove", kind, f"{document_id}/results", "--yes").exit_code == 1
        assert succeed("documents", "remove", kind, document_id, "--yes") == f"{document_id}\n"
        assert {key.split("/")[1] for key in s3.listing()} == ({stays} if stays else set())

    @pytest.mark.parametrize("kind", ["adviser", "inspection"])
    @pytest.mark.parametrize("document_id", ["", "a//b", "../solver/x"])
    @pytest.mark.usefixtures("ceph_s3")
    def test_what_is_no_id_is_refused(self, kind: str, document_id: str) -> None:
        result = call("documents", "remove", kind, document_id, "--yes")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("Error: An object can't have the key ")

    @pytest.mark.usefixtures("ceph_s3")
    def test_where_nobody_can_be_asked_yes_is_needed(self) -> None:
        advisers(DAYS[:1])
        result = call("documents", "remove", "adviser", DAYS[0])
        assert (result.exit_code, result.stdout) == (2, "")
        assert re.search(r"Remove 1 document from \S+ at \S+\? There is no terminal to ask on: --yes", result.stderr)
        assert succeed("documents", "list", "adviser").split() == DAYS[:1]

    @pytest.mark.parametrize(("answer", "left"), [("n", DAYS[:2]), ("y", DAYS[:1])])
    @pytest.mark.usefixtures("ceph_s3")
    def test_on_a_terminal_the_user_is_asked(self, answer: str, left: list[str]) -> None:
        advisers(DAYS[:2])
        stderr = answered(answer, "documents", "remove", "adviser", DAYS[1])
        assert_matches(stderr, r"Remove 1 document from thoth-tests/\S+/test/adviser/ at \S+\? \[y/N\]: .*")
        assert succeed("documents", "list", "adviser").split() == left

    @pytest.mark.usefixtures("ceph_s3")
    def test_many_show_their_progress_on_a_terminal(self) -> None:
        advisers()
        with open_terminal() as terminal:
            ended = start("documents", "remove", "adviser", *DAYS, "--yes", stderr=terminal.descriptor)
        assert ended.stdout.split() == DAYS
        assert "5 documents removed" in terminal.screen


def answered(answer: str, *arguments: str) -> str:
    """Run a command whose stdin is a terminal at which somebody answers; what it wrote to stderr."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "thoth_storages", *arguments]
    with (
        os.fdopen(ours, "wb", buffering=0) as keyboard,
        os.fdopen(theirs) as terminal,
        subprocess.Popen(
            command, cwd=ROOT, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running,
    ):
        keyboard.write(f"{answer}\n".encode())
        return running.communicate(timeout=60)[1]


def assert_matches(text: str, pattern: str) -> None:
    assert re.fullmatch(pattern, text, re.DOTALL), text
