"""Metrics of the knowledge graph for Prometheus; needs ``pip install 'thoth-storages[metrics]'``.

A service adds them to its own, statistics of its own pool and caches among them::

    from prometheus_client import REGISTRY
    from thoth_storages.metrics import GraphCollector

    REGISTRY.register(GraphCollector(graph))

``thoth-storages metrics --listen :9187`` is for deployments that want them from a process of its own.
"""

from __future__ import annotations

from ..exceptions import PackageMissingError

try:
    from .collector import GraphCollector, metrics_text
    from .server import MetricsServer
except ModuleNotFoundError as error:
    if error.name is None or not error.name.startswith("prometheus_client"):
        raise
    raise PackageMissingError("metrics need prometheus-client: pip install 'thoth-storages[metrics]'") from error

__all__ = ["GraphCollector", "MetricsServer", "metrics_text"]
