"""Lets ``thoth.storages``, the original library, and its submodules mean this library: services run unchanged.

One line before the first ``import thoth.storages`` does it, in the service or in its ``sitecustomize.py``:

    import thoth_storages.compat

A service that isn't to be touched at all is started by ``python -m thoth_storages.compat -m SERVICE``. An installed
original is put aside, and other packages of the namespace ``thoth`` stay what they are. Models of the ORM are the one
thing that isn't there.
"""

from __future__ import annotations

from .finder import install

__all__ = ["install"]

install()
