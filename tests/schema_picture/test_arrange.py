"""Graphs side by side on a sheet."""

from __future__ import annotations

import itertools
import random

import pytest

from thoth_storages.schema_picture.arrange import Place, Size, arrange, one_graph

LAID_OUT = """\
digraph "legend" {
	graph [bb="0,0,100,20", fontsize=18];
	"legend"	[pos="50,10", width=1];
}
digraph "one" {
	graph [fontsize=18,
		bb="0,0,40,30"
	];
	subgraph "cluster one" {
		graph [bb="5,5,35,25", lp="20,20"];
		a	[pos="10,10"];
		b	[label="pos is no place, 1,2",
			pos="30,10"];
	}
	a:x:e -> b	[pos="s,12,10 e,28,10 15,10 1.5e+01,\\
10 20,10 25,10"];
}
"""


def _overlap(one: tuple[Size, Place], other: tuple[Size, Place]) -> bool:
    (size, place), (other_size, other_place) = one, other
    beside = place.x + size.width <= other_place.x or other_place.x + other_size.width <= place.x
    return not (beside or place.y + size.height <= other_place.y or other_place.y + other_size.height <= place.y)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_lies_on_something_else(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [Size(chance.uniform(10, 400), chance.uniform(10, 400)) for _ in range(chance.randint(1, 14))]
    placed = list(zip(sizes, arrange(sizes), strict=True))
    assert not any(itertools.starmap(_overlap, itertools.combinations(placed, 2)))
    assert min(place.x for _, place in placed) == 0
    assert max(place.y + size.height for size, place in placed) == 0


def test_equal_squares_fill_a_lying_sheet() -> None:
    places = arrange([Size(100, 100)] * 12)
    assert len({place.x for place in places}) == 4
    assert len({place.y for place in places}) == 3


def test_another_order_than_from_the_highest_to_the_lowest_is_taken_where_it_needs_less() -> None:
    sizes = [Size(90, 60), Size(40, 110), Size(100, 30), Size(80, 20), Size(100, 20)]
    places = arrange(sizes)
    assert -min(place.y for place in places) == 148  # from the highest to the lowest: 184


def test_one_is_placed_where_it_is() -> None:
    assert arrange([Size(10, 20)]) == [Place(0, -20)]


def test_graphs_become_one_with_everything_moved_by_the_same() -> None:
    text = one_graph(LAID_OUT)
    assert text.count("digraph") == 1
    assert 'pos="50.00,28.00"' in text  # the legend stands above
    assert 'bb="5.00,-25.00,35.00,-5.00"' in text
    assert 'lp="20.00,-10.00"' in text
    assert 'pos="10.00,-20.00"' in text
    assert 'pos="s,12.00,-20.00 e,28.00,-20.00 15.00,-20.00 15.00,-20.00 20.00,-20.00 25.00,-20.00"' in text


def test_the_sizes_of_the_parts_are_not_that_of_the_whole() -> None:
    text = one_graph(LAID_OUT)
    assert "0,0,100,20" not in text
    assert "0,0,40,30" not in text


def test_text_stays_as_it_is() -> None:
    assert 'label="pos is no place, 1,2"' in one_graph(LAID_OUT)
