"""Documents on Ceph: one adapter a kind of them, over the MinIO client."""

from __future__ import annotations

from .base import StorageBase
from .ceph import CephStore

__all__ = ["CephStore", "StorageBase"]
