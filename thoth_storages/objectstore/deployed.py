"""Where a kind of documents lies: below the name of a deployment, below a prefix that all deployments share."""

from __future__ import annotations

from ..settings import DEPLOYMENT_NAME, S3_BUCKET_PREFIX, needed
from .base import StorageBase
from .ceph import CephStore


def deployed_prefix(*kind: str, bucket_prefix: str | None = None, deployment_name: str | None = None) -> str:
    """Write the prefix of a kind; raises SettingMissingError for what is neither given nor in the environment."""
    parts = (bucket_prefix or needed(S3_BUCKET_PREFIX), deployed_name(deployment_name), *kind)
    return "/".join(part.strip("/") for part in parts)


def deployed_name(deployment_name: str | None) -> str:
    """Answer the name of the deployment; raises SettingMissingError when it is neither given nor in the environment."""
    return deployment_name or needed(DEPLOYMENT_NAME)


class StoreOnCeph(StorageBase):
    """An adapter that keeps everything in one ``CephStore``.

    Attributes:
        ceph: the store of its objects.
    """

    ceph: CephStore

    def connect(self) -> None:
        """Make the adapter ready for use; the first request connects."""
        self.ceph.connect()

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""
        return self.ceph.is_connected()

    def check_connection(self) -> None:
        """Raise ObjectStoreError when the server isn't there, or lets nobody in."""
        self.ceph.check_connection()
