"""Security indicators: what analysers of sources found, and the sum of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from .ceph import CephStore
from .deployed import StoreOnCeph, deployed_prefix
from .documents import Document

_KIND = "security-indicators"


class _SecurityIndicatorBase(StoreOnCeph):
    security_indicator_type: ClassVar[str]
    """The key of its document."""

    def __init__(self, security_indicator_id: str) -> None:
        """Raise SettingMissingError for what isn't in the environment."""
        self.security_indicator_id = security_indicator_id
        self.ceph = CephStore(deployed_prefix(_KIND, security_indicator_id))

    def retrieve_document(self) -> Document:
        """Answer the document; raises NotFoundError."""
        return self.ceph.retrieve_document(self.security_indicator_type)

    def document_exists(self) -> bool:
        """Whether there is the document; an outage isn't taken for no."""
        return self.ceph.document_exists(self.security_indicator_type)


class SIBanditStore(_SecurityIndicatorBase):
    """What Bandit found.

    >>> store = SIBanditStore("security-indicator-211124154025-de8d82a3227adc99")
    >>> store.connect()
    >>> store.retrieve_document()["result"]["results"]
    []
    """

    security_indicator_type = "bandit"


class SIClocStore(_SecurityIndicatorBase):
    """How many lines cloc counted.

    >>> store = SIClocStore("security-indicator-211124154025-de8d82a3227adc99")
    >>> store.connect()
    >>> store.retrieve_document()["result"]["Python"]["code"]
    2405
    """

    security_indicator_type = "cloc"


class SIAggregatedStore(_SecurityIndicatorBase):
    """The sum of what was found.

    >>> store = SIAggregatedStore("security-indicator-211124154025-de8d82a3227adc99")
    >>> store.connect()
    >>> store.document_exists()
    True
    """

    security_indicator_type = "aggregated"


class SecurityIndicatorsResultsStore:
    """All about one run: ``bandit``, ``cloc`` and ``aggregated``; the variables of a store say where.

    >>> run = SecurityIndicatorsResultsStore("security-indicator-211124154025-de8d82a3227adc99")
    >>> run.connect()
    >>> run.aggregated.retrieve_document()["result"]
    """

    def __init__(self, security_indicator_id: str) -> None:
        """Raise SettingMissingError for what isn't in the environment."""
        self.security_indicator_id = security_indicator_id
        self.bandit = SIBanditStore(security_indicator_id)
        self.cloc = SIClocStore(security_indicator_id)
        self.aggregated = SIAggregatedStore(security_indicator_id)

    def connect(self) -> None:
        """Make the adapter ready for use; the first request connects."""
        for store in (self.bandit, self.cloc, self.aggregated):
            store.connect()

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""
        return all(store.is_connected() for store in (self.bandit, self.cloc, self.aggregated))

    def check_connection(self) -> None:
        """Raise ObjectStoreError when the server isn't there, or lets nobody in."""
        self.aggregated.check_connection()

    @classmethod
    def folder(cls) -> CephStore:
        """Make a connected store of the documents of all runs: their keys begin with the runs' ids."""
        ceph = CephStore(deployed_prefix(_KIND))
        ceph.connect()
        return ceph

    @classmethod
    def iter_security_indicators(cls) -> Iterator[str]:
        """Iterate over the ids of all runs, each once."""
        return cls.folder().get_folder_listing()

    @classmethod
    def get_security_indicators_count(cls) -> int:
        """Count all runs."""
        return sum(1 for _ in cls.iter_security_indicators())
