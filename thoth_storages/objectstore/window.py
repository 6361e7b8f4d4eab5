"""Documents of some days: their ids say when they were made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from .ceph import CephStore

_DAY = dt.timedelta(days=1)
# <kind>-<yymmddHHMMSS>-<hash>
_TIME_IN_ID = re.compile(r"-(\d{6})\d{6}(?:-|$)")


class Window(NamedTuple):
    """Days in a row."""

    first: dt.date
    end: dt.date
    """The day after the last one."""

    @classmethod
    def of(
        cls, start_date: dt.date | None, end_date: dt.date | None, *, include_end_date: bool = False
    ) -> Window | None:
        """Make the window of a listing: from ``start_date`` until ``end_date``, or until today, which is included.

        There is none, and all documents are meant, without a ``start_date``. Raises ValueError when no day is between
        the two.
        """
        if start_date is None:
            return None
        first = _day(start_date)
        if end_date is None:
            return cls(first, dt.date.today() + _DAY)
        end = _day(end_date)
        if end < first:
            raise ValueError(f"end_date {end} is before start_date {first}")
        if end == first and not include_end_date:
            raise ValueError(f"end_date and start_date are {first}: no day is between, unless include_end_date is true")
        return cls(first, end + _DAY if include_end_date else end)

    def listing(self, ceph: CephStore, stem: str | None) -> Iterator[str]:
        """Iterate over the ids of these days, of those that begin with ``stem-``.

        Where the stem is known the server lists these days only; without one it lists all documents.
        """
        if stem is None:
            return filter(self.holds, ceph.get_document_listing())
        return self._listing_of(ceph, f"{stem}-")

    def _listing_of(self, ceph: CephStore, prefix: str) -> Iterator[str]:
        # A tilde sorts after all that follows the day in an id.
        before = f"{prefix}{_digits(self.first - _DAY)}~"
        for document_id in ceph.get_document_listing(prefix, after=before):
            rest = document_id.removeprefix(prefix)
            if rest >= _digits(self.end):
                return
            if rest[:6].isdecimal():
                yield document_id

    def holds(self, document_id: str) -> bool:
        """Whether a document was made on one of these days, as its id tells."""
        match = _TIME_IN_ID.search(document_id)
        return match is not None and _digits(self.first) <= match[1] < _digits(self.end)


def _day(date: dt.date) -> dt.date:
    return date.date() if isinstance(date, dt.datetime) else date


def _digits(date: dt.date) -> str:
    return date.strftime("%y%m%d")
