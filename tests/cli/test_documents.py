"""``thoth-storages documents``: listing, counting and showing what is in a real object store."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.cli.calling import ROOT, call, start, succeed
from tests.cli.terminal import open_terminal
from tests.documents.made_kinds import MADE
from tests.fix_s3 import S3
from tests.objectstore.making import result_document
from tests.sync.test_stored import put
from thoth_storages.cli.document_kinds import OTHER_KINDS, SYNCED_KINDS, UNDATED_KINDS, WRITABLE_KINDS, sync_name
from thoth_storages.cli.document_stores import open_store
from thoth_storages.objectstore import AdvisersCacheStore, AdvisersResultsStore, BuildLogsStore, CephStore
from thoth_storages.sync import HANDLERS_MAPPING

DAYS = [f"adviser-2201{day:02}120000-{day:016x}" for day in range(1, 6)]


def advisers(ids: list[str] = DAYS) -> AdvisersResultsStore:
    """Store a document of the adviser for each id."""
    store = AdvisersResultsStore()
    store.connect()
    for document_id in ids:
        store.store_document(result_document(document_id))
    return store


class TestKinds:
    def test_those_that_are_synced_are_those_of_sync(self) -> None:
        assert {sync_name(kind) for kind in SYNCED_KINDS} == HANDLERS_MAPPING.keys()

    @pytest.mark.usefixtures("ceph_s3")
    def test_each_has_a_store_of_its_own(self) -> None:
        kinds = [*SYNCED_KINDS, *OTHER_KINDS]
        assert len({open_store(kind).place for kind in kinds}) == len(kinds)

    @pytest.mark.parametrize("kind", [*SYNCED_KINDS, *OTHER_KINDS])
    def test_is_named_in_the_help(self, kind: str) -> None:
        text = " ".join(succeed("documents", "--help").split()).replace("- ", "-")
        assert f" {kind}," in text or f" {kind}." in text

    def test_another_is_refused_with_the_names_that_there_are(self) -> None:
        result = call("documents", "list", "solvers")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"there is no kind 'solvers' here: {', '.join((*SYNCED_KINDS, *OTHER_KINDS))}." in result.stderr

    @pytest.mark.parametrize("kind", ["solver", "dependency-monkey"])
    def test_an_id_in_their_place_is_told_from_another(self, kind: str) -> None:
        result = call("documents", "show", f"{kind}-220131")
        assert result.exit_code == 2
        assert f"An id comes after its kind: {kind} {kind}-220131\n" in result.stderr

    def test_those_that_can_be_stored_tell_their_ids(self) -> None:
        assert set(SYNCED_KINDS) - set(WRITABLE_KINDS) == {"inspection", "security-indicators"}
        assert set(OTHER_KINDS) - set(WRITABLE_KINDS) == UNDATED_KINDS - {"inspection", "buildlogs"}


class TestList:
    def test_ids_are_lines_in_order(self, s3: S3) -> None:
        advisers(DAYS[::-1])
        assert succeed("documents", "list", "adviser") == "".join(f"{each}\n" for each in DAYS)

    @pytest.mark.usefixtures("ceph_s3")
    def test_ids_are_rows_of_csv(self) -> None:
        advisers(DAYS[:2])
        written = succeed("documents", "list", "adviser", "--output", "csv")
        assert written == "kind,document_id\n" + "".join(f"adviser,{each}\n" for each in DAYS[:2])
        assert succeed("documents", "count", "adviser", "--output", "csv") == "kind,number\nadviser,2\n"

    @pytest.mark.parametrize("kind", SYNCED_KINDS)
    def test_every_kind_that_is_synced_is_listed_by_either_name(self, ceph_s3: S3, kind: str) -> None:
        made = MADE[sync_name(kind)].documents()
        put(ceph_s3, sync_name(kind), made)
        ids = {document.get("metadata", document)["document_id"] for document in made}
        for name in (kind, sync_name(kind)):
            assert set(succeed("documents", "list", name).split()) == ids
        assert json.loads(succeed("documents", "count", kind, "--output", "json")) == {kind: len(ids)}

    @pytest.mark.usefixtures("ceph_s3")
    def test_requests_are_no_documents(self) -> None:
        advisers(DAYS[:1]).store_request(DAYS[1], {"asked": "for"})
        assert succeed("documents", "list", "adviser").split() == DAYS[:1]

    @pytest.mark.parametrize(
        ("options", "listed"),
        [
            (["--start-date", "2022-01-03"], DAYS[2:]),
            (["--end-date", "2022-01-03"], DAYS[:2]),
            (["--start-date", "2022-01-02", "--end-date", "2022-01-04"], DAYS[1:3]),
            (["--start-date", "2023-01-02"], []),
        ],
        ids=" ".join,
    )
    @pytest.mark.usefixtures("ceph_s3")
    def test_days_choose(self, options: list[str], listed: list[str]) -> None:
        advisers()
        assert succeed("documents", "list", "adviser", *options).split() == listed
        assert json.loads(succeed("documents", "count", "adviser", *options, "--output", "json"))["adviser"] == len(
            listed
        )

    def test_days_choose_among_security_indicators(self, ceph_s3: S3) -> None:
        runs = [f"security-indicator-2201{day:02}154025-de8d82a3227adc9{day}" for day in (1, 2)]
        store = CephStore(f"{ceph_s3.root}/security-indicators")
        store.connect()
        for run in runs:
            store.store_document({}, f"{run}/aggregated")
        assert succeed("documents", "list", "security", "--start-date", "2022-01-02").split() == runs[1:]

    @pytest.mark.parametrize("kind", sorted(UNDATED_KINDS))
    def test_kinds_whose_ids_tell_no_day_cannot_be_chosen_by_it(self, kind: str) -> None:
        result = call("documents", "list", "adviser", kind, "--start-date", "2022-01-01")
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"The ids of {kind} don't tell the day: leave the dates out." in result.stderr

    @pytest.mark.parametrize("end", ["2021-12-31", "2022-01-01"])
    def test_days_that_are_none_are_refused(self, end: str) -> None:
        result = call("documents", "list", "adviser", "--start-date", "2022-01-01", "--end-date", end)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"No day is from 2022-01-01 on and before {end}: move --end-date." in result.stderr

    def test_what_is_no_day_is_refused(self) -> None:
        result = call("documents", "list", "adviser", "--start-date", "yesterday")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Invalid value for '--start-date': 'yesterday' is no day like 2022-01-31." in result.stderr

    @pytest.mark.usefixtures("ceph_s3")
    def test_programs_are_told_the_kinds(self) -> None:
        advisers(DAYS[:2])
        cache = AdvisersCacheStore()
        cache.connect()
        cache.store_document_record("1b2c", {})
        expected = [{"kind": "adviser", "document_id": each} for each in DAYS[:2]]
        expected.append({"kind": "adviser-cache", "document_id": "1b2c"})
        kinds = ("adviser", "adviser-cache", "adviser", "solver")
        assert json.loads(succeed("documents", "list", *kinds, "--output", "json")) == expected
        lines = succeed("documents", "list", *kinds, "--output", "ndjson").splitlines()
        assert list(map(json.loads, lines)) == expected
        assert json.loads(succeed("documents", "list", "solver", "--output", "json")) == []

    @pytest.mark.usefixtures("ceph_s3")
    def test_a_reader_that_has_enough_ends_it(self) -> None:
        advisers(DAYS)
        listing = [sys.executable, "-m", "thoth_storages", "documents", "list", "adviser"]
        ended = subprocess.run(
            f"{' '.join(listing)} | head -n 1", shell=True, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert (ended.stdout, ended.stderr) == (f"{DAYS[0]}\n", "")


class TestCount:
    @pytest.mark.usefixtures("s3")
    def test_all_kinds_that_are_synced_are_counted(self) -> None:
        advisers(DAYS[:3])
        lines = [line.split() for line in succeed("documents", "count").splitlines()]
        assert lines[0] == ["KIND", "NUMBER"]
        assert lines[2:] == [[kind, "3" if kind == "adviser" else "0"] for kind in SYNCED_KINDS]

    @pytest.mark.usefixtures("ceph_s3")
    def test_with_days_those_that_tell_theirs_are(self) -> None:
        advisers()
        counted = json.loads(succeed("documents", "count", "--start-date", "2022-01-02", "--output", "json"))
        assert set(counted) == set(SYNCED_KINDS) - UNDATED_KINDS
        assert counted["adviser"] == 4


class TestShow:
    @pytest.mark.usefixtures("s3")
    def test_one_is_written_as_it_is_stored(self) -> None:
        stored = advisers(DAYS[:1]).ceph.retrieve_blob(DAYS[0]).decode()
        assert succeed("documents", "show", "adviser", DAYS[0]) == f"{stored}\n"

    @pytest.mark.usefixtures("ceph_s3")
    def test_several_are_a_list_or_lines_in_the_order_asked(self) -> None:
        advisers()
        asked = [DAYS[3], DAYS[0]]
        documents = [result_document(each) for each in asked]
        assert json.loads(succeed("documents", "show", "adviser", *asked)) == documents
        lines = succeed("documents", "show", "adviser", *asked, "--output", "ndjson").splitlines()
        assert list(map(json.loads, lines)) == documents

    def test_an_inspection_is_its_results_as_they_are_synced(self, ceph_s3: S3) -> None:
        made = [each for each in MADE["inspection"].documents() if each["document_id"] == "inspection-1"]
        put(ceph_s3, "inspection", made)
        assert json.loads(succeed("documents", "show", "inspection", "inspection-1")) == made

    def test_security_indicators_are_their_sum(self, ceph_s3: S3) -> None:
        made = MADE["security"].documents()[:1]
        put(ceph_s3, "security", made)
        shown = succeed("documents", "show", "security-indicators", made[0]["metadata"]["document_id"])
        assert json.loads(shown) == made[0]

    @pytest.mark.usefixtures("ceph_s3")
    def test_what_is_stored_by_a_hash_is_shown_by_it(self) -> None:
        logs = BuildLogsStore()
        logs.connect()
        document_id = logs.store_document({"log": "Step 1"})
        assert succeed("documents", "list", "buildlogs").split() == [document_id]
        assert json.loads(succeed("documents", "show", "buildlogs", document_id)) == {"log": "Step 1"}

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("adviser", r"No object 'prefix-\d+/test/adviser/missing' at http\S+, bucket 'thoth-tests'"),
            ("inspection", r"No results of 'missing' in thoth-tests/prefix-\d+/test/inspections/ at http\S+"),
            ("security-indicators", r"No object 'prefix-\d+/test/security-indicators/missing/aggregated' at .*"),
        ],
    )
    @pytest.mark.usefixtures("ceph_s3")
    def test_one_that_is_not_there_is_an_error_that_names_it(self, kind: str, said: str) -> None:
        result = call("documents", "show", kind, "missing")
        assert (result.exit_code, result.stdout) == (1, "")
        assert_error(result.stderr, said)

    @pytest.mark.usefixtures("ceph_s3")
    def test_progress_is_on_the_terminal_and_the_documents_in_the_file(self) -> None:
        advisers()
        with open_terminal() as terminal:
            ended = start("documents", "show", "adviser", *DAYS, "--output", "ndjson", stderr=terminal.descriptor)
        assert len(ended.stdout.splitlines()) == len(DAYS)
        assert "5 documents shown" in terminal.screen
        assert "100%" in terminal.screen


def assert_error(stderr: str, said: str) -> None:
    """One line says what is wrong, by a pattern."""
    assert re.fullmatch(rf"Error: {said}\n", stderr), stderr


COMMANDS: list[list[str]] = [
    ["list", "solver"],
    ["count", "solver"],
    ["show", "solver", "x"],
    ["remove", "solver", "x", "--yes"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
class TestWhatTheStoreIsNot:
    """The errors that a wrong environment makes: one sentence, exit code 1, nothing on stdout."""

    def fails(self, arguments: list[str], said: str) -> None:
        result = call("documents", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert_error(result.stderr, said)

    def test_named(self, arguments: list[str]) -> None:
        self.fails(arguments, r"THOTH_\w+ isn't set: .*")

    @pytest.mark.usefixtures("ceph_s3")
    def test_a_url(self, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "s3.example.com")
        self.fails(arguments, "The endpoint of the object store is a URL like .*, not 's3.example.com'; see .*")

    @pytest.mark.usefixtures("ceph_s3")
    def test_reachable(self, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("THOTH_S3_RETRIES", "0")
        self.fails(arguments, "Can't connect to the object store at http://127.0.0.1:9: .*; see THOTH_S3_ENDPOINT_URL")

    @pytest.mark.usefixtures("s3")
    def test_one_with_the_bucket(self, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_CEPH_BUCKET", "nowhere")
        self.fails(arguments, r"No bucket 'nowhere' at http://\S+: create it, or see THOTH_CEPH_BUCKET")

    @pytest.mark.usefixtures("s3")
    def test_open_to_these_credentials(self, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("THOTH_CEPH_SECRET_KEY", "a-wrong-secret")
        self.fails(arguments, r"The object store at \S+, bucket 'thoth-tests' refuses access: .*")
