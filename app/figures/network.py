"""The sums that a month's tables show, as a network, and how far a hidden cell could be from what it is.

Each cell is an arc and each sum a node: what flows in flows out again. Sectors divide into countries, those into
areas; areas add up to countries, and those to everything, where the circle closes. An arc that is hidden may carry
more, and as much less as it has people who could be elsewhere. So another world in which a hidden cell is larger,
and every shown figure the same, is a circle through hidden arcs, and a search for the cheapest way finds it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.figures.places import ALL, Count, Place

Node = tuple[str, ...]
Cost = Callable[[Place], int | None]
"""What it costs to go through a cell; None where that must not be."""

UNBOUNDED = 1 << 40


class Step(NamedTuple):
    """Through this cell to that node: with the arc, so that it carries more, or against it, so that it has less."""

    place: Place
    up: bool
    to: Node


@dataclass(frozen=True)
class Way:
    steps: tuple[Step, ...]
    width: int


def ends_of(place: Place) -> tuple[Node, Node]:
    """Where this cell's arc begins and where it ends: two sums of which it is a part or the whole."""
    country, sector, area = place
    if country == ALL:
        return (("countries",), ("sectors",)) if sector == ALL else (("sectors",), ("sector", sector))
    if sector == ALL:
        return (
            (("country", country), ("countries",))
            if area == ALL
            else (("area", area, country), ("country", country))
        )
    entry = ("entry", country, sector)
    return (("sector", sector), entry) if area == ALL else (entry, ("area", area, country))


def movable(count: Count) -> int:
    """How many people of a cell could be elsewhere without anything else giving it away: those who reported once,
    and not so many that no report, or fewer reports than gaps, would be left."""
    return max(0, min(count.once, count.reports - max(1, count.gaps)))


class Network:
    """The cells of one month that anybody reported from."""

    def __init__(self, counts: Mapping[Place, Count]) -> None:
        self.room = {place: movable(count) for place, count in counts.items()}
        self._from: dict[Node, list[Step]] = defaultdict(list)
        for place in sorted(counts):
            tail, head = ends_of(place)
            self._from[tail].append(Step(place, True, head))
            self._from[head].append(Step(place, False, tail))

    def ways_round(self, place: Place, need: int, cost: Cost) -> frozenset[Place] | None:
        """The cells through which this one could be larger by `need` people, or None if there is no way.

        Cells that cost nothing are preferred; `cost` is asked anew for each way.
        """
        start, end = reversed(ends_of(place))
        carried: dict[Place, int] = defaultdict(int)
        used: set[Place] = set()
        while need > 0:
            way = self._cheapest(start, end, lambda p: 0 if p in used else None if p == place else cost(p), carried)
            if way is None:
                return None
            width = min(way.width, need)
            for step in way.steps:
                carried[step.place] += width if step.up else -width
            used.update(step.place for step in way.steps)
            need -= width
        return frozenset(place for place in used if carried[place])

    def _cheapest(self, start: Node, end: Node, cost: Cost, carried: Mapping[Place, int]) -> Way | None:
        """Dijkstra's search; of two ways that cost the same, the one with fewer steps."""
        came: dict[Node, tuple[Node, Step]] = {}
        queue: list[tuple[int, int, Node]] = [(0, 0, start)]
        best = {start: (0, 0)}
        while queue:
            paid, steps, node = heapq.heappop(queue)
            if node == end:
                return self._way(came, start, end, carried)
            if (paid, steps) > best[node]:
                continue
            for step in self._from[node]:
                price = cost(step.place) if self._width(step, carried) else None
                if price is None:
                    continue
                total = (paid + price, steps + 1)
                if total < best.get(step.to, (UNBOUNDED * UNBOUNDED, 0)):
                    best[step.to], came[step.to] = total, (node, step)
                    heapq.heappush(queue, (*total, step.to))
        return None

    def _width(self, step: Step, carried: Mapping[Place, int]) -> int:
        return UNBOUNDED if step.up else self.room[step.place] + carried.get(step.place, 0)

    def _way(
        self, came: Mapping[Node, tuple[Node, Step]], start: Node, end: Node, carried: Mapping[Place, int]
    ) -> Way:
        steps, node = [], end
        while node != start:
            node, step = came[node]
            steps.append(step)
        return Way(tuple(steps), min(self._width(step, carried) for step in steps))
