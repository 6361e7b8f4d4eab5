"""The stores of results: where documents lie, which form they have, and which days they are of."""

from __future__ import annotations

import ast
import datetime as dt
import doctest
from typing import Any

import pytest

import thoth_storages
from tests.fix_s3 import S3
from tests.objectstore.making import result_document
from thoth_storages import (
    AdvisersCacheStore,
    AdvisersResultsStore,
    AnalysesCacheStore,
    AnalysisByDigest,
    AnalysisResultsStore,
    BuildLogsAnalysesCacheStore,
    BuildLogsParsedResultsStore,
    CephStore,
    DependencyMonkeyReportsStore,
    DependencyMonkeyRequestsStore,
    GraphBackupStore,
    ObservationResultsStore,
    ProvenanceCacheStore,
    ProvenanceResultsStore,
    ResultStorageBase,
    RevSolverResultsStore,
    SolverResultsStore,
    objectstore,
)
from thoth_storages.exceptions import NoDocumentIdError, NotConnectedError, NotFoundError, SchemaError

PREFIXES = {
    AdvisersResultsStore: "adviser",
    AdvisersCacheStore: "adviser-cache",
    AnalysisResultsStore: "analysis",
    AnalysisByDigest: "analysis-by-digest",
    AnalysesCacheStore: "analysis-cache",
    BuildLogsAnalysesCacheStore: "buildlogs-analysis-cache",
    BuildLogsParsedResultsStore: "buildlogs-parsed",
    DependencyMonkeyReportsStore: "dependency-monkey-reports",
    DependencyMonkeyRequestsStore: "dependency-monkey-requests",
    GraphBackupStore: "graph-backup",
    ObservationResultsStore: "observations",
    ProvenanceResultsStore: "provenance-checker",
    ProvenanceCacheStore: "provenance-cache",
    RevSolverResultsStore: "revsolver",
    SolverResultsStore: "solver",
}
ACCESS = {"host": "https://s3.example.com", "key_id": "k", "secret_key": "s", "bucket": "the-bucket", "region": "eu"}


class UntimedStore(ResultStorageBase):
    """A kind of a service's own, whose ids begin with who knows what."""

    RESULT_TYPE = "untimed"
    SCHEMA = None


@pytest.fixture
def advisers(s3: S3) -> AdvisersResultsStore:
    """A connected store of one kind, empty."""
    store = AdvisersResultsStore()
    store.connect()
    return store


@pytest.mark.parametrize(("kind", "name"), PREFIXES.items())
class TestEachKind:
    def test_has_a_prefix_of_its_own(self, kind: type[ResultStorageBase], name: str) -> None:
        store = kind("deployment", prefix="data", **ACCESS)
        assert name == kind.RESULT_TYPE
        assert (store.prefix, store.ceph.prefix) == (f"data/deployment/{name}", f"data/deployment/{name}/")
        assert store.deployment_name == "deployment"
        assert {field: getattr(store.ceph, field) for field in ACCESS} == ACCESS

    def test_takes_what_is_not_given_from_the_environment(
        self, kind: type[ResultStorageBase], name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THOTH_CEPH_BUCKET_PREFIX", "env/")
        monkeypatch.setenv("THOTH_DEPLOYMENT_NAME", "other")
        assert kind(**ACCESS).prefix == f"env/other/{name}"

    def test_names_a_variable_that_is_missing(
        self, kind: type[ResultStorageBase], name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(KeyError, match="THOTH_DEPLOYMENT_NAME isn't set"):
            kind(prefix=name, **ACCESS)
        with pytest.raises(KeyError, match="THOTH_CEPH_BUCKET_PREFIX isn't set"):
            kind(deployment_name=name, **ACCESS)

    def test_is_connected_once_it_is_told_to(self, kind: type[ResultStorageBase], name: str) -> None:
        store = kind("deployment", prefix=name, **ACCESS)
        assert not store.is_connected()
        with pytest.raises(NotConnectedError):
            store.document_exists("id")
        store.connect()
        assert store.is_connected()

    def test_is_exported(self, kind: type[ResultStorageBase], name: str) -> None:
        assert getattr(thoth_storages, kind.__name__) is kind
        assert kind.__name__ in thoth_storages.__all__
        assert kind.__doc__


def test_a_kind_without_a_name_is_a_mistake_of_who_wrote_it() -> None:
    with pytest.raises(AssertionError, match="RESULT_TYPE"):
        ResultStorageBase("deployment", prefix="data", **ACCESS)


class TestDocuments:
    def test_are_stored_under_the_id_that_they_tell(self, advisers: AdvisersResultsStore) -> None:
        document = result_document("adviser-220131050913-b7c4ef0fc532ac45", {"report": None})
        assert advisers.store_document(document) == "adviser-220131050913-b7c4ef0fc532ac45"
        assert advisers.retrieve_document("adviser-220131050913-b7c4ef0fc532ac45") == document
        assert advisers.document_exists("adviser-220131050913-b7c4ef0fc532ac45")

    def test_are_stored_under_the_id_that_the_caller_tells(self, s3: S3, advisers: AdvisersResultsStore) -> None:
        assert advisers.store_document(result_document(), "mine") == "mine"
        assert s3.listing() == ["adviser/mine"]

    @pytest.mark.parametrize("metadata", [None, {}, {"document_id": None}, {"document_id": ""}, {"document_id": 1}, []])
    def test_need_an_id(self, metadata: Any) -> None:
        with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id: an id is needed"):
            ResultStorageBase.get_document_id({"metadata": metadata})

    def test_of_another_form_are_refused_and_the_field_named(self, advisers: AdvisersResultsStore) -> None:
        document = result_document()
        del document["metadata"]["python"]["serial"]
        with pytest.raises(SchemaError, match=r"^metadata\.python\.serial: the field is missing"):
            advisers.store_document(document)
        assert list(advisers.get_document_listing()) == []

    def test_of_a_kind_without_a_form_are_taken(self, s3: S3) -> None:
        store = AnalysisByDigest()
        store.connect()
        store.store_document({"analysis": "package-extract-1"}, "sha256:12")
        assert store.retrieve_document("sha256:12") == {"analysis": "package-extract-1"}

    def test_may_be_checked_by_what_a_service_brings(self, ceph_s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(document: object) -> None:
            raise RuntimeError("not in the mood")

        monkeypatch.setattr(UntimedStore, "SCHEMA", refuse)
        with pytest.raises(SchemaError, match="hasn't the form of 'untimed': not in the mood"):
            UntimedStore().store_document({}, "id")

    def test_are_deleted_without_what_was_asked_for(self, advisers: AdvisersResultsStore) -> None:
        document_id = advisers.store_document(result_document())
        advisers.store_request(document_id, {})
        advisers.delete(document_id)
        assert not advisers.document_exists(document_id)
        assert advisers.request_exists(document_id)

    def test_are_copied_to_where_purged_ones_lie(self, s3: S3, advisers: AdvisersResultsStore) -> None:
        document_id = advisers.store_document(result_document())
        purged = advisers.purge_store(dt.datetime(2024, 2, 29, 12, 30, 1))
        advisers.ceph.copy(document_id, purged, document_id)
        assert f"adviser-purge-240229123001/{document_id}" in s3.listing()

    @pytest.mark.parametrize(
        ("kind", "name"),
        [(SolverResultsStore, "solver"), (AnalysisResultsStore, "package-extract"), (AdvisersResultsStore, "adviser")],
    )
    def test_that_were_purged_lie_where_the_original_put_them(self, kind: type[ResultStorageBase], name: str) -> None:
        store = kind("deployment", prefix="data", **ACCESS).purge_store(dt.datetime(2024, 2, 29))
        assert store.prefix == f"data/deployment/{name}-purge-240229000000/"
        assert not store.is_connected()
        assert {field: getattr(store, field) for field in ACCESS} == ACCESS


class TestRequests:
    def test_lie_beside_documents(self, s3: S3, advisers: AdvisersResultsStore) -> None:
        assert advisers.store_request("adviser-1", {"asked": "for"}) == "adviser-1.request"
        assert s3.listing() == ["adviser/adviser-1.request"]
        assert advisers.retrieve_request("adviser-1") == {"asked": "for"}
        assert advisers.request_exists("adviser-1")
        assert not advisers.document_exists("adviser-1")

    def test_that_are_not_there_are_not_found(self, advisers: AdvisersResultsStore) -> None:
        assert not advisers.request_exists("adviser-1")
        with pytest.raises(NotFoundError, match=r"adviser-1\.request"):
            advisers.retrieve_request("adviser-1")

    def test_are_listed_by_themselves(self, advisers: AdvisersResultsStore) -> None:
        advisers.store_document(result_document(), "adviser-1")
        advisers.store_request("adviser-1", {})
        assert list(advisers.get_document_listing()) == ["adviser-1"]
        assert list(advisers.get_document_listing(only_requests=True)) == ["adviser-1.request"]
        assert [document_id for document_id, _ in advisers.iterate_results()] == ["adviser-1"]
        assert advisers.get_document_count() == advisers.get_document_count(only_requests=True) == 1


DAYS = [dt.date(2021, 12, 31), dt.date(2022, 1, 1), dt.date(2022, 1, 2), dt.date(2022, 1, 3)]
WINDOWS = [
    ({}, "0123"),
    ({"start_date": DAYS[1]}, "123"),
    ({"start_date": DAYS[1], "end_date": DAYS[3]}, "12"),
    ({"start_date": DAYS[1], "end_date": DAYS[3], "include_end_date": True}, "123"),
    ({"start_date": DAYS[2], "end_date": DAYS[2], "include_end_date": True}, "2"),
    ({"start_date": dt.date(2020, 1, 1), "end_date": DAYS[1]}, "0"),
    ({"start_date": dt.date(2022, 1, 4)}, ""),
    ({"start_date": dt.datetime(2022, 1, 2, 13), "end_date": dt.datetime(2022, 1, 3, 1)}, "2"),
]


class TestDays:
    @pytest.fixture(params=["adviser", "untimed"])
    def filled(self, request: pytest.FixtureRequest, s3: S3) -> ResultStorageBase:
        """A store with a document a day, and some whose ids tell no day."""
        store: ResultStorageBase = AdvisersResultsStore() if request.param == "adviser" else UntimedStore()
        store.connect()
        for number, day in enumerate(DAYS):
            store.ceph.store_document({"day": number}, f"adviser-{day:%y%m%d}235959-{number}")
        return store

    @pytest.mark.parametrize(("window", "days"), WINDOWS)
    def test_choose_documents(self, filled: ResultStorageBase, window: dict[str, Any], days: str) -> None:
        assert "".join(each[-1] for each in filled.get_document_listing(**window)) == days
        assert filled.get_document_count(**window) == len(days)
        assert [document["day"] for _, document in filled.iterate_results(**window)] == list(map(int, days))

    def test_leave_out_documents_whose_ids_tell_none(self, filled: ResultStorageBase) -> None:
        for document_id in ("adviser-69b2659c", "adviser-2", "adviser-zz0101000000-1", "other"):
            filled.ceph.store_document({}, document_id)
        assert len(list(filled.get_document_listing(start_date=DAYS[0]))) == 4

    def test_choose_requests_too(self, filled: ResultStorageBase) -> None:
        filled.store_request(f"adviser-{DAYS[2]:%y%m%d}000000-1", {})
        assert filled.get_document_count(start_date=DAYS[2], only_requests=True) == 1
        assert filled.get_document_count(start_date=DAYS[3], only_requests=True) == 0

    @pytest.mark.parametrize("end_date", [DAYS[0], DAYS[1]])
    def test_that_are_none_are_refused_at_once(self, end_date: dt.date) -> None:
        store = AdvisersResultsStore("deployment", prefix="data", **ACCESS)
        with pytest.raises(ValueError, match=r"^end_date"):
            store.get_document_listing(start_date=DAYS[1], end_date=end_date)

    def test_without_an_end_are_those_until_today(self, s3: S3) -> None:
        store = AdvisersResultsStore()
        store.connect()
        today = dt.date.today()
        for days in (-1, 0, 1):
            store.ceph.store_document({}, f"adviser-{today + dt.timedelta(days):%y%m%d}000000-{days}")
        assert len(list(store.get_document_listing(start_date=today - dt.timedelta(1)))) == 2


class TestDependencyMonkey:
    def test_reports_tell_which_inspections_were_run(self, s3: S3) -> None:
        store = DependencyMonkeyReportsStore()
        store.connect()
        for number, output in enumerate((["inspection-a", "inspection-b"], [], ["inspection-c"])):
            document_id = f"dependency-monkey-200907104341-{number}"
            store.store_document(result_document(document_id, {"output": output}))
        assert list(store.iterate_inspection_ids()) == ["inspection-a", "inspection-b", "inspection-c"]


def test_a_store_shows_the_one_below(s3: S3) -> None:
    store = AdvisersResultsStore()
    store.connect()
    assert isinstance(store.ceph, CephStore)
    store.check_connection()
    store.ceph.check_connection()


STORES = sorted(name for name in objectstore.__all__ if isinstance(getattr(objectstore, name), type))


@pytest.mark.parametrize("name", STORES)
def test_every_store_is_shown_in_use(name: str) -> None:
    kind = getattr(objectstore, name)
    examples = doctest.DocTestParser().get_examples(kind.__dict__["__doc__"])
    made = [node.func.id for node in _calls(examples) if isinstance(node.func, ast.Name)]
    assert any(issubclass(getattr(objectstore, each), kind) for each in made if hasattr(objectstore, each))
    # what is called on it exists
    methods = [node.func.attr for node in _calls(examples) if isinstance(node.func, ast.Attribute)]
    assert "connect" in methods
    known = {*dir(kind), *dir(objectstore.InspectionResultsStore), *dir(objectstore.SIAggregatedStore), *dir(str)}
    assert set(methods) <= known


def _calls(examples: list[doctest.Example]) -> list[ast.Call]:
    trees = [ast.parse(example.source) for example in examples]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
