"""kill -9 of a client that syncs, of the server, and of both, at random points of the sync.

Whenever that is, each document is whole or absent then, and simply syncing again completes what is there.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from functools import cache
from random import Random, getrandbits

import psycopg
import pytest

from tests.documents.killing import TOGETHER, Killed, Scene
from tests.documents.made_kinds import MADE, write
from thoth_storages.ephemeral import Cluster
from thoth_storages.sql.migrating import migrate

KILLS = 200
"""How many the long form makes, over all kinds."""

SEED_VARIABLE = "THOTH_STORAGES_TEST_SEED"
SEED = os.environ.get(SEED_VARIABLE) or str(getrandbits(32))
"""What chooses the points; a variable names one that is to be tried again."""

SceneOf = Callable[[str], Scene]


@pytest.fixture(scope="module")
def scene_of() -> Iterator[SceneOf]:
    """A function that answers the scene of a kind, on a server whose commits are durable."""
    with Cluster(durable=True) as cluster:
        migrate(cluster.create_database("migrated"))
        yield cache(lambda name: Scene(cluster, "migrated", MADE[name]))


def kill_at_random(scene: Scene, killed: Killed, chosen: Random) -> int:
    """Kill at a point of the sync that is chosen; answers how many transactions were left of it."""
    delay = chosen.uniform(0, scene.duration)
    try:
        return scene.kill(killed, delay)
    except BaseException as error:
        error.add_note(f"{killed.value} killed {delay:.3f} s after the beginning of a sync of {scene.duration:.3f} s")
        error.add_note(f"chosen again by {SEED_VARIABLE}={SEED}")
        raise


# The client of each kind, and the server of each: with its client, or under it. The long form has all of them.
_SHORT = [(name, Killed.CLIENT) for name in MADE] + list(zip(MADE, itertools.cycle([Killed.SERVER, Killed.BOTH])))


@pytest.mark.parametrize(("name", "killed"), _SHORT, ids=lambda each: each.name if isinstance(each, Killed) else each)
def test_a_killed_sync_leaves_whole_documents_and_syncing_again_completes_it(
    scene_of: SceneOf, name: str, killed: Killed
) -> None:
    kill_at_random(scene_of(name), killed, Random(f"{SEED} {name} {killed}"))


@pytest.mark.long
@pytest.mark.parametrize("name", MADE)
def test_killed_syncs_leave_whole_documents_whenever_they_are_killed(scene_of: SceneOf, name: str) -> None:
    scene, chosen = scene_of(name), Random(f"{SEED} {name}")
    left = [kill_at_random(scene, chosen.choice(list(Killed)), chosen) for _ in range(-(-KILLS // len(MADE)))]
    last = len(scene.states) - 1
    assert {0, last} < set(left), f"no kill was midway: {left}"


@pytest.mark.parametrize("table", ["solved", "depends_on", "has_artifact", "python_package_metadata"])
def test_a_row_that_was_missing_would_be_noticed(scene_of: SceneOf, table: str) -> None:
    scene, solver = scene_of("solver"), MADE["solver"]
    with scene.database() as conninfo:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            write(connection, solver.synced.kind, solver.documents()[:TOGETHER])
        assert scene.state(conninfo) == 1
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(f"DELETE FROM {table} WHERE ctid = (SELECT max(ctid) FROM {table})".encode())
        with pytest.raises(AssertionError, match="python_package_version has "):
            scene.state(conninfo)
