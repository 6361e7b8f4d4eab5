"""What the steps of Argo's workflows printed."""

from __future__ import annotations

from itertools import islice

from ..exceptions import MultipleFoundError, NotFoundError
from .ceph import CephStore
from .deployed import StoreOnCeph, deployed_name, deployed_prefix


class WorkflowLogsStore(StoreOnCeph):
    """Logs that Argo left in ``<bucket prefix>/<deployment>/argo/artifacts/<workflow id>/``.

    What isn't given comes from the environment. Methods raise what those of ``CephStore`` do.

    >>> store = WorkflowLogsStore()
    >>> store.connect()
    >>> print(store.get_log("adviser-220131050913-b7c4ef0fc532ac45"))
    """

    def __init__(
        self,
        deployment_name: str | None = None,
        *,
        host: str | None = None,
        key_id: str | None = None,
        secret_key: str | None = None,
        bucket: str | None = None,
        region: str | None = None,
        prefix: str | None = None,
    ) -> None:
        """Raise SettingMissingError for what is neither given nor in the environment."""
        self.prefix = deployed_prefix("argo", "artifacts", bucket_prefix=prefix, deployment_name=deployment_name)
        self.deployment_name = deployed_name(deployment_name)
        self.ceph = CephStore(
            self.prefix, host=host, key_id=key_id, secret_key=secret_key, bucket=bucket, region=region
        )

    def get_log(self, workflow_id: str) -> str:
        """Answer the one log of a workflow; raises NotFoundError, and MultipleFoundError when it has several."""
        found = list(islice(self.ceph.get_document_listing(f"{workflow_id}/"), 2))
        if not found:
            raise NotFoundError(f"No log of a workflow {workflow_id!r} below {self.ceph.prefix}")
        if len(found) > 1:
            raise MultipleFoundError(f"The workflow {workflow_id!r} has several logs: {', '.join(found)}, …")
        # A program may print anything.
        return self.ceph.retrieve_blob(found[0]).decode(errors="replace")
