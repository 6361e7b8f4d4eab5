"""What all adapters have in common."""

from __future__ import annotations

import abc


class StorageBase(abc.ABC):
    """An adapter that is made without a connection, and connects when it is told to.

    >>> def ready(adapter: StorageBase) -> StorageBase:
    ...     if not adapter.is_connected():
    ...         adapter.connect()
    ...     return adapter
    >>> ready(SolverResultsStore()).is_connected()
    True
    """

    @abc.abstractmethod
    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""

    @abc.abstractmethod
    def connect(self) -> None:
        """Make the adapter ready for use."""
