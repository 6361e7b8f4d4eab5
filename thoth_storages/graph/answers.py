"""How a method of the graph gets its answer: from a cache of the instance, or from a connection of its pool."""

from __future__ import annotations

import json
import logging
import os
import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from ..settings import LOG_STATS, Variable
from ..sql.named import catalog
from ..sql.query import Query

_LOGGER = logging.getLogger(__name__)

Ask = Callable[[Query, tuple[Any, ...], dict[str, Any]], Any]
Statistics = dict[str, dict[str, dict[str, int]]]


class _Cached(Protocol):
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def cache_info(self) -> Any: ...
    def cache_clear(self) -> None: ...


class AnswerCaches:
    """One LRU cache a cached query. What a caller gets is a copy: changing it changes nothing here."""

    def __init__(self, ask: Ask) -> None:
        """Take the bound method that asks the database; it is held weakly, so that its object can die."""
        self._ask = weakref.WeakMethod(ask)
        self._caches = {query.qualified_name: self._new(query) for query in catalog.values() if query.header.cache}

    def get(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Answer from the cache, asking first where it has none; errors aren't kept."""
        return query.copy(self._caches[query.qualified_name](*positional, **named))

    def statistics(self) -> Statistics:
        """Answer hits, misses and sizes a cached query."""
        return {"memory_cache_info": {name: cache.cache_info()._asdict() for name, cache in self._caches.items()}}

    def clear(self) -> None:
        """Forget every answer."""
        for cache in self._caches.values():
            cache.cache_clear()

    def log_statistics(self) -> None:
        """Log the statistics, when THOTH_STORAGES_LOG_STATS asks for it."""
        if LOG_STATS.get(os.environ):
            _LOGGER.info("Graph adapter statistics:\n%s", json.dumps(self.statistics(), indent=2))

    def _new(self, query: Query) -> _Cached:
        assert query.header.cache is not None
        limit = query.header.cache
        size = Variable(limit.variable, limit.size, int, "number of answers that are kept").get(os.environ)
        weak_ask = self._ask

        @lru_cache(maxsize=max(size, 0))
        def cached(*positional: Any, **named: Any) -> Any:
            ask = weak_ask()
            assert ask is not None
            return ask(query, positional, named)

        return cached
