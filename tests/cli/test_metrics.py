"""``thoth-storages metrics``."""

from __future__ import annotations

import re
import signal
import urllib.request

import pytest

from tests.cli.calling import call, spawn
from tests.fix_postgres import PointTo
from tests.metrics.reading import labelled, read


def test_metrics_are_written_once(database: str, point_to: PointTo) -> None:
    point_to(database)
    result = call("metrics")
    assert (result.exit_code, result.stderr) == (0, "")
    assert set(labelled(read(result.stdout), "up", "part").values()) == {1}


def test_what_cannot_be_asked_is_said_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "127.0.0.1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "1")
    result = call("metrics")
    assert result.exit_code == 0
    assert result.stderr.startswith("WARNING: Metrics of the database can't be had: Can't connect to ")
    assert labelled(read(result.stdout), "up", "part")["database"] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_metrics_are_served_until_it_is_told_to_end(number: signal.Signals, database: str, point_to: PointTo) -> None:
    point_to(database)
    with spawn("metrics", "--listen", "127.0.0.1:0") as program:
        assert program.stderr is not None
        said = program.stderr.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+/metrics", said)
        assert url, said
        with urllib.request.urlopen(url.group(), timeout=30) as response:
            text = response.read().decode()
        program.send_signal(number)
        assert (program.wait(10), program.stderr.read()) == (0, "")
    assert set(labelled(read(text), "up", "part").values()) == {1}


@pytest.mark.parametrize("address", ["203.0.113.7:9187", "nowhere.invalid:9187", "[2001:db8::7]:9187"])
def test_where_it_cannot_listen_is_named(address: str) -> None:
    result = call("metrics", "--listen", address)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: Can't listen on {address}: ")


@pytest.mark.parametrize("address", ["9187", "localhost", ":many", ":70000", "a:b:1", ""])
def test_a_wrong_address_is_a_wrong_call(address: str) -> None:
    result = call("metrics", "--listen", address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{address!r} is no address: :9187 listens everywhere" in result.stderr
