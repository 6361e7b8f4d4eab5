"""Metrics as a scraper reads them."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from thoth_storages.metrics import metrics_text

Samples = dict[str, float]


class Fixed(Collector):
    """A collector of metrics that are there already."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def read(text: str) -> Samples:
    """The values by name and labels, without the library's prefix: ``up{part="schema"}``; refuses what is no text."""
    samples: Samples = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation, family.name
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            name = f"{sample.name.removeprefix('thoth_storages_')}{{{labels}}}".removesuffix("{}")
            assert name not in samples
            samples[name] = sample.value
    return samples


def samples_of(metrics: Iterable[Metric]) -> Samples:
    """The values of some metrics, by way of the text that is served."""
    return read(metrics_text(Fixed(metrics)))


def labelled(samples: Samples, name: str, label: str) -> dict[str, float]:
    """The values of one metric by the values of its only label."""
    start = f'{name}{{{label}="'
    return {
        key.removeprefix(start).removesuffix('"}'): value for key, value in samples.items() if key.startswith(start)
    }
