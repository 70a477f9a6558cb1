"""Which cells of a month are kept back: those that speak of too few people, and as many more as it takes that
nobody can compute them from what is shown.

All tables of a month are one network (see `network`). A cell is safe when there is another world in which it has a
whole threshold more people, and in which all that is published is the same. In that world people who reported once
reported elsewhere, so that the numbers of reports, of different people and of gaps fit there as they do here.
Hiding more cells never makes another one less safe, so one may look at one cell after the other.

The method is the search for cheapest paths in the network of a table: J. P. Kelly, B. L. Golden and A. A. Assad,
"Cell suppression: disclosure protection for sensitive tabular data", Networks 22 (1992), 397-417.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.figures.disclosure import Rules
from app.figures.network import Network
from app.figures.places import ALL, Count, Place

Counts = Mapping[Place, Count]
Places = frozenset[Place]


def too_small(counts: Counts, rules: Rules) -> Places:
    """The cells from which somebody reported, but too few people who can be told apart."""
    fewest = rules.fewest_in(_reported(counts))
    return frozenset(place for place in _reported(counts) if counts[place].people < fewest[place])


def hide(counts: Counts, rules: Rules, before: Places = frozenset()) -> Places:
    """The cells to keep back of this month; those that were kept back `before` stay so."""
    reported = _reported(counts)
    fewest = rules.fewest_in(reported)
    network = Network({place: counts[place] for place in reported})
    small = too_small(counts, rules)
    hidden = set(small | before)
    for place in sorted(small, key=lambda p: (-fewest[p], p)):
        around = network.ways_round(place, fewest[place], lambda p: 0 if p in hidden else _loss(p, counts[p]))
        hidden.update(around or ())
    return frozenset(hidden)


def stays_safe(counts: Counts, rules: Rules, hidden: Places) -> bool:
    """Whether the small ones of these cells are safe with nothing kept back but them: somebody who has an earlier
    edition, in which they were hidden, knows about the others."""
    reported = _reported(counts)
    fewest = rules.fewest_in(reported)
    network = Network({place: counts[place] for place in reported})
    return all(
        network.ways_round(place, fewest[place], lambda p: 0 if p in hidden else None) is not None
        for place in hidden & too_small(counts, rules)
    )


def _reported(counts: Counts) -> Places:
    return frozenset(place for place, count in counts.items() if count.reports)


def _loss(place: Place, count: Count) -> int:
    """What readers lose when this cell is hidden: people, and the more the more is summed up in it."""
    levels = 1 + 2 * (place.country == ALL) + 2 * (place.area == ALL) + (place.sector == ALL)
    return count.people + 1 + (100**levels if place.is_total else 0)
