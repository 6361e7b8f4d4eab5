"""Objects under a prefix, on real servers."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from tests.forking import holds_in_child
from thoth_storages.exceptions import (
    BucketNotFoundError,
    DocumentError,
    NotConnectedError,
    NotFoundError,
    ObjectKeyError,
    SettingMissingError,
)
from thoth_storages.objectstore import CephStore, StorageBase

MIB = 2**20
ODD_KEYS = ["a b", "a+b", "a%20b", "a&b=c?d#e", "é/日本", "a'\"<>", "~", "a/b/c.request", "...", "x:y@z,;$!*()"]


def _unconnected(**given: str) -> CephStore:
    access = {"host": "https://s3.example.com", "key_id": "key", "secret_key": "hush", "bucket": "the-bucket"}
    return CephStore("some/prefix", **{**access, **given})


class TestBeforeItConnects:
    def test_it_tells_what_it_was_given(self) -> None:
        store = _unconnected(region="eu")
        assert (store.prefix, store.host, store.key_id) == ("some/prefix/", "https://s3.example.com", "key")
        assert (store.secret_key, store.bucket, store.region) == ("hush", "the-bucket", "eu")
        assert not store.is_connected()

    def test_it_takes_the_rest_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("THOTH_S3_ENDPOINT_URL", "THOTH_CEPH_KEY_ID", "THOTH_CEPH_SECRET_KEY", "THOTH_CEPH_BUCKET"):
            monkeypatch.setenv(name, f"http://{name}")
        store = CephStore("prefix/", bucket="given")
        assert (store.host, store.key_id) == ("http://THOTH_S3_ENDPOINT_URL", "http://THOTH_CEPH_KEY_ID")
        assert (store.secret_key, store.bucket) == ("http://THOTH_CEPH_SECRET_KEY", "given")
        assert (store.prefix, store.region) == ("prefix/", None)

    @pytest.mark.parametrize(
        ("missing", "variable"),
        [
            ("host", "THOTH_S3_ENDPOINT_URL"),
            ("key_id", "THOTH_CEPH_KEY_ID"),
            ("secret_key", "THOTH_CEPH_SECRET_KEY"),
            ("bucket", "THOTH_CEPH_BUCKET"),
        ],
    )
    def test_it_names_a_variable_that_is_missing(self, missing: str, variable: str) -> None:
        with pytest.raises(SettingMissingError, match=f"^{variable} isn't set"):
            _unconnected(**{missing: ""})

    def test_a_missing_variable_is_the_key_error_that_clients_know(self) -> None:
        with pytest.raises(KeyError):
            CephStore("prefix")

    @pytest.mark.parametrize(
        "use",
        [
            lambda store: store.retrieve_blob("a"),
            lambda store: store.store_document({}, "a"),
            lambda store: store.document_exists("a"),
            lambda store: list(store.get_document_listing()),
            lambda store: store.check_connection(),
        ],
    )
    def test_it_says_that_it_is_to_be_connected(self, use: Callable[[CephStore], object]) -> None:
        with pytest.raises(NotConnectedError, match=r"connect\(\)"):
            use(_unconnected())

    def test_connecting_does_no_io_and_may_be_done_again(self) -> None:
        store = _unconnected(host="http://192.0.2.1:1")
        store.connect()
        store.connect()
        assert store.is_connected()

    @pytest.mark.parametrize("bucket", ["a", "not/one", "under..dots"])
    def test_a_bucket_that_cannot_be_one_is_refused_when_it_connects(self, bucket: str) -> None:
        with pytest.raises(
            ValueError, match=f"^No bucket is named '{bucket}': .*bucket name.*; see THOTH_CEPH_BUCKET$"
        ):
            _unconnected(bucket=bucket).connect()

    def test_it_is_printed_without_its_secret(self) -> None:
        assert repr(_unconnected()) == "<CephStore the-bucket/some/prefix/ at https://s3.example.com>"
        assert "hush" not in repr(_unconnected(host="https://x:hush@s3.example.com"))

    def test_it_is_an_adapter(self) -> None:
        assert isinstance(_unconnected(), StorageBase)


class TestObjects:
    @pytest.mark.parametrize("blob", [b"", b"x", bytes(range(256)) * 8192])
    def test_are_given_as_they_were_taken(self, store: CephStore, blob: bytes) -> None:
        store.store_blob(blob, "key")
        assert store.retrieve_blob("key") == blob

    @pytest.mark.parametrize("key", ODD_KEYS)
    def test_may_have_odd_keys(self, store: CephStore, key: str) -> None:
        store.store_blob(key.encode(), key)
        assert store.retrieve_blob(key) == key.encode()
        assert list(store.get_document_listing()) == [key]
        store.delete(key)
        assert not store.document_exists(key)

    @pytest.mark.parametrize("key", ["", "/a", "a/", "a//b", "a\\b", "..", "x" * 1025])
    def test_do_not_have_keys_that_servers_take_differently(self, store: CephStore, key: str) -> None:
        for use in (store.retrieve_blob, store.document_exists, store.delete, lambda key: store.store_blob(b"", key)):
            with pytest.raises(ObjectKeyError):
                use(key)

    def test_take_the_place_of_older_ones(self, store: CephStore) -> None:
        store.store_blob(b"old", "key")
        store.store_blob(b"new", "key")
        assert store.retrieve_blob("key") == b"new"

    def test_storing_one_answers_its_etag(self, store: CephStore) -> None:
        answer = store.store_blob(b"x", "key")
        assert answer["ETag"] == store.retrieve_document_attr("key", "ETag")
        assert answer["ETag"].strip('"')

    def test_deleted_are_gone_and_may_be_deleted_again(self, store: CephStore) -> None:
        store.store_blob(b"x", "key")
        store.delete("key")
        store.delete("key")
        assert not store.document_exists("key")

    @pytest.mark.parametrize("ask", ["retrieve_blob", "retrieve_document"])
    def test_that_are_not_there_are_not_found(self, store: CephStore, ask: str) -> None:
        with pytest.raises(NotFoundError, match=f"No object '{store.prefix}missing'"):
            getattr(store, ask)("missing")
        with pytest.raises(NotFoundError):
            store.retrieve_document_attr("missing", "ETag")
        assert store.document_exists("missing") is False

    def test_tell_their_attributes(self, store: CephStore) -> None:
        before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=2)
        store.store_blob(b"12345", "key")
        assert store.retrieve_document_attr("key", "ContentLength") == 5
        assert before <= store.retrieve_document_attr("key", "LastModified") <= before + dt.timedelta(minutes=1)
        assert store.retrieve_document_attr("key", "ContentType") == "application/octet-stream"
        assert len(store.retrieve_document_attr("key", "Metadata")["sha256"]) == 64

    def test_do_not_have_other_attributes(self, store: CephStore) -> None:
        with pytest.raises(ValueError, match=r"attributes LastModified, .*, not 'Colour'"):
            store.retrieve_document_attr("key", "Colour")

    def test_are_copied_with_what_is_said_of_them(self, s3: S3) -> None:
        source, target = s3.store("here"), s3.store("there")
        source.store_blob(b"x" * 100, "a b")
        source.copy("a b", target, "c/d")
        assert target.retrieve_blob("c/d") == source.retrieve_blob("a b")
        assert target.retrieve_document_attr("c/d", "Metadata") == source.retrieve_document_attr("a b", "Metadata")

    def test_that_are_not_there_are_not_copied(self, s3: S3) -> None:
        with pytest.raises(NotFoundError):
            s3.store("here").copy("missing", s3.store("there"), "missing")
        assert s3.listing() == []


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "anywhere"])
def test_a_store_of_any_region_is_used(s3: S3, region: str) -> None:
    store = CephStore(s3.root, region=region)
    store.connect()
    store.store_blob(b"x", "key")
    assert store.retrieve_blob("key") == b"x"
    assert list(store.get_document_listing()) == ["key"]


class TestABucketThatIsNotThere:
    @pytest.fixture
    def lost(self, s3: S3) -> CephStore:
        """A store whose bucket isn't there."""
        store = CephStore(s3.root, bucket="never-made")
        store.connect()
        return store

    @pytest.mark.parametrize(
        "use",
        [
            lambda store: store.document_exists("a"),
            lambda store: store.retrieve_blob("a"),
            lambda store: store.store_blob(b"", "a"),
            lambda store: store.retrieve_document_attr("a", "ETag"),
            lambda store: list(store.get_document_listing()),
            lambda store: store.copy("a", store, "b"),
            lambda store: store.check_connection(),
        ],
    )
    def test_is_named_and_never_taken_for_a_missing_object(
        self, lost: CephStore, use: Callable[[CephStore], object]
    ) -> None:
        with pytest.raises(BucketNotFoundError, match=f"No bucket 'never-made' at {lost.host}"):
            use(lost)


class TestListing:
    def test_of_nothing_is_empty(self, store: CephStore) -> None:
        assert list(store.get_document_listing()) == []

    def test_is_of_the_prefix_alone_and_in_order(self, s3: S3) -> None:
        for name in ("thing", "things", "things-too"):
            for key in ("b", "a/c", "a", "B", "é"):
                s3.store(name).store_blob(b"", key)
        assert list(s3.store("things").get_document_listing()) == ["B", "a", "a/c", "b", "é"]

    def test_is_narrowed_by_the_beginning_of_ids(self, store: CephStore) -> None:
        for key in ("solver-1", "solver-2", "adviser-1"):
            store.store_blob(b"", key)
        assert list(store.get_document_listing("solver")) == ["solver-1", "solver-2"]
        assert list(store.get_document_listing("nothing")) == []
        assert len(list(store.get_document_listing(None))) == 3

    def test_goes_on_after_an_id(self, store: CephStore) -> None:
        for key in ("a", "b", "c"):
            store.store_blob(b"", key)
        assert list(store.get_document_listing(after="a")) == ["b", "c"]
        assert list(store.get_document_listing(after="aa")) == ["b", "c"]

    def test_is_lazy_and_goes_over_pages(self, store: CephStore) -> None:
        with ThreadPoolExecutor(8) as threads:
            keys = [f"{number:04}" for number in range(1003)]
            list(threads.map(lambda key: store.store_blob(b"", key), keys))
        listing = store.get_document_listing()
        assert next(listing) == "0000"
        assert ["0000", *listing] == keys

    def test_leaves_out_what_other_tools_keep_as_folders(self, s3: S3) -> None:
        store = s3.store()
        store.store_blob(b"x", "folder/a")
        with s3.server.client() as client:
            for key in ("", "folder/"):
                client.put_object(s3.bucket, f"{store.prefix}{key}", io.BytesIO(b""), 0)
        assert list(store.get_document_listing()) == ["folder/a"]


class TestDocuments:
    def test_are_stored_as_the_original_writes_them(self, store: CephStore) -> None:
        document = {"b": 1, "a": {"é": [None]}}
        store.store_document(document, "id")
        assert (
            store.retrieve_blob("id") == json.dumps(document, sort_keys=True, separators=(",", ": "), indent=2).encode()
        )
        assert store.retrieve_document("id") == document

    def test_that_are_no_json_are_named(self, store: CephStore) -> None:
        store.store_blob(b"{", "id")
        with pytest.raises(DocumentError, match=r"^id: the object holds no JSON"):
            store.retrieve_document("id")

    def test_that_json_cannot_hold_are_not_stored(self, store: CephStore) -> None:
        with pytest.raises(DocumentError):
            store.store_document({"a": object()}, "id")
        assert not store.document_exists("id")

    def test_are_iterated_with_their_ids(self, store: CephStore) -> None:
        for name in ("b", "a", "c"):
            store.store_document({"name": name}, name)
        assert list(store.iterate_results()) == [(name, {"name": name}) for name in "abc"]
        assert list(store.iterate_results("b")) == [("b", {"name": "b"})]

    @pytest.mark.parametrize("jobs", [1, 4, 16])
    def test_are_fetched_many_at_a_time_in_the_order_asked_for(self, store: CephStore, jobs: int) -> None:
        for number in range(20):
            store.store_document({"number": number}, f"id-{number}")
        asked = [f"id-{number}" for number in (7, 3, 19, 3, 0, *range(20))]
        answered = list(store.retrieve_documents(asked, jobs=jobs))
        assert [document_id for document_id, _ in answered] == asked
        assert all(document == {"number": int(document_id[3:])} for document_id, document in answered)

    def test_are_not_asked_for_long_before_they_are_wanted(self, store: CephStore) -> None:
        store.store_document({}, "id")
        asked: list[int] = []

        def ids() -> Iterator[str]:
            for number in range(1000):
                asked.append(number)
                yield "id"

        documents = store.retrieve_documents(ids(), jobs=4)
        next(documents)
        assert len(asked) <= 5
        del documents

    def test_one_that_is_missing_is_told_at_its_turn(self, store: CephStore) -> None:
        store.store_document({}, "there")
        documents = store.retrieve_documents(["there", "missing", "there"])
        assert next(documents) == ("there", {})
        with pytest.raises(NotFoundError, match="missing"):
            next(documents)


class TestFiles:
    @pytest.mark.parametrize("length", [0, 1, 5 * MIB, 16 * MIB, 16 * MIB + 1, 40 * MIB])
    def test_are_stored_and_retrieved_whole(self, store: CephStore, tmp_path: Path, length: int) -> None:
        sent = (b"0123456789abcdef" * (length // 16 + 1))[:length]
        (tmp_path / "sent").write_bytes(sent)
        answer = store.store_file(tmp_path / "sent", "file")
        store.retrieve_file("file", tmp_path / "got")
        assert (tmp_path / "got").read_bytes() == sent
        assert answer["ETag"] == store.retrieve_document_attr("file", "ETag")

    def test_tell_how_far_they_are(self, store: CephStore, tmp_path: Path) -> None:
        length = 20 * MIB
        (tmp_path / "sent").write_bytes(bytes(length))
        up: list[tuple[int, int]] = []
        down: list[tuple[int, int]] = []
        store.store_file(str(tmp_path / "sent"), "file", on_transfer=lambda *told: up.append(told))
        store.retrieve_file("file", tmp_path / "got", on_transfer=lambda *told: down.append(told))
        for told in (up, down):
            assert told == sorted(told)
            assert len(told) > 1
            assert told[-1] == (length, length)

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
    def test_that_are_not_sent_to_the_end_leave_no_parts(
        self, s3: S3, tmp_path: Path, error: type[BaseException]
    ) -> None:
        def break_off(done: int, total: int) -> None:
            if done > total / 2:
                raise error

        store = s3.store()
        (tmp_path / "sent").write_bytes(bytes(40 * MIB))
        with pytest.raises(error):
            store.store_file(tmp_path / "sent", "file", on_transfer=break_off)
        assert list(store._uploads()) == []
        assert s3.listing() == []

    def test_that_cannot_be_read_are_no_fault_of_the_store(self, store: CephStore, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            store.store_file(tmp_path / "missing", "file")

    def test_that_change_meanwhile_are_not_stored(self, store: CephStore, tmp_path: Path) -> None:
        def change(done: int, total: int) -> None:
            with (tmp_path / "sent").open("ab") as file:
                file.write(b"x")

        (tmp_path / "sent").write_bytes(bytes(20 * MIB))
        with pytest.raises(OSError, match=r"sent changed while it was sent, so nothing is stored"):
            store.store_file(tmp_path / "sent", "file", on_transfer=change)
        assert list(store._uploads()) == []
        assert not store.document_exists("file")

    def test_that_cannot_be_written_are_no_fault_of_the_store(self, store: CephStore, tmp_path: Path) -> None:
        store.store_blob(b"x", "file")
        with pytest.raises(FileNotFoundError):
            store.retrieve_file("file", tmp_path / "no folder" / "file")

    def test_stay_as_they_were_when_the_object_is_missing(self, store: CephStore, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("before")
        with pytest.raises(NotFoundError):
            store.retrieve_file("missing", tmp_path / "file")
        assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


_STORE_AND_RETRIEVE = """
import pathlib, re, sys
from thoth_storages.objectstore import CephStore
store = CephStore(sys.argv[1])
store.connect()
sent, got = map(pathlib.Path, sys.argv[2:])
store.store_file(sent, "large")
store.retrieve_file("large", got)
# Not by getrusage: its maximum is inherited from the process that started this one.
print(int(re.search("VmHWM:\\s*(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.parametrize("mebibytes", [160, pytest.param(1024, marks=pytest.mark.long)])
def test_a_file_larger_than_memory_goes_through_it(ceph_s3: S3, tmp_path: Path, mebibytes: int) -> None:
    sent, got = tmp_path / "sent", tmp_path / "got"
    with sent.open("wb") as file:
        for number in range(mebibytes):
            file.write(number.to_bytes(4, "big") * (MIB // 4))
    command = [sys.executable, "-c", _STORE_AND_RETRIEVE, ceph_s3.root, str(sent), str(got)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(done.stdout) < 100
    assert subprocess.run(["cmp", sent, got]).returncode == 0


class TestSharing:
    def test_one_store_serves_many_threads(self, store: CephStore) -> None:
        def go(number: int) -> bool:
            store.store_document({"number": number}, f"id-{number % 10}-{number}")
            return store.retrieve_document(f"id-{number % 10}-{number}") == {"number": number}

        with ThreadPoolExecutor(16) as threads:
            assert all(threads.map(go, range(200)))

    def test_a_child_goes_on_with_connections_of_its_own(self, store: CephStore) -> None:
        store.store_document({"a": 1}, "id")
        assert holds_in_child(lambda: store.retrieve_document("id") == {"a": 1})
        assert store.retrieve_document("id") == {"a": 1}

    def test_children_work_side_by_side_with_their_parent(self, store: CephStore) -> None:
        store.store_blob(b"x" * MIB, "id")
        with ThreadPoolExecutor(4) as threads:
            going = [threads.submit(lambda: [store.retrieve_blob("id") for _ in range(20)]) for _ in range(4)]
            assert holds_in_child(lambda: all(len(store.retrieve_blob("id")) == MIB for _ in range(20)))
            assert all(len(blob) == MIB for each in going for blob in each.result())
