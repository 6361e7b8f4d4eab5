"""Security indicators, by run."""

from __future__ import annotations

import pytest

from tests.fix_s3 import S3
from thoth_storages import SecurityIndicatorsResultsStore, SIAggregatedStore, SIBanditStore, SIClocStore
from thoth_storages.exceptions import NotFoundError

KINDS = {"bandit": SIBanditStore, "cloc": SIClocStore, "aggregated": SIAggregatedStore}


def _upload(s3: S3, run: str, *names: str) -> SecurityIndicatorsResultsStore:
    for name in names:
        s3.store(f"security-indicators/{run}").store_document({"is": name}, name)
    store = SecurityIndicatorsResultsStore(run)
    store.connect()
    return store


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_a_run_has_a_document_of_each_kind(s3: S3, name: str, kind: type[SIBanditStore]) -> None:
    run = _upload(s3, "si-1", *KINDS)
    assert kind.security_indicator_type == name
    part = getattr(run, name)
    assert isinstance(part, kind)
    assert part.document_exists()
    assert part.retrieve_document() == {"is": name}
    assert part.ceph.prefix == f"{s3.root}/security-indicators/si-1/"


def test_a_run_may_lack_some(s3: S3) -> None:
    run = _upload(s3, "si-1", "bandit")
    assert run.bandit.document_exists()
    assert not run.aggregated.document_exists()
    with pytest.raises(NotFoundError):
        run.aggregated.retrieve_document()


def test_a_run_is_connected_once_it_is_told_to(s3: S3) -> None:
    run = SecurityIndicatorsResultsStore("si-1")
    assert not run.is_connected()
    run.connect()
    assert run.is_connected()
    assert run.cloc.is_connected()
    run.check_connection()


def test_runs_are_listed_once_each(s3: S3) -> None:
    assert list(SecurityIndicatorsResultsStore.iter_security_indicators()) == []
    _upload(s3, "si-2", "bandit", "cloc", "aggregated")
    _upload(s3, "si-1", "cloc")
    assert sorted(SecurityIndicatorsResultsStore.iter_security_indicators()) == ["si-1", "si-2"]
    assert SecurityIndicatorsResultsStore.get_security_indicators_count() == 2
