"""python -m tests.understanding: what becomes of the messages, by entry point and by language, in both parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from tests.understanding.messages import PARTS
from tests.understanding.scoring import (
    DESK,
    OUTCOMES,
    Result,
    filed_noise,
    problems_given,
    results_of,
    share_at_partners,
    share_of_areas,
    share_of_commands,
    shares,
)


def main() -> None:
    for part in PARTS:
        results = results_of(part)
        print(f"\n{part}: {len(results)} messages\n")
        _table("entry point", results, lambda result: result.message.meant)
        _table("language", results, lambda result: f"{result.message.country} {result.message.language}")
        _confused(results)
        _others(results)


def _table(title: str, results: Iterable[Result], key: Callable[[Result], str]) -> None:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.is_report:
            groups[key(result)].append(result)
            groups["all"].append(result)
    print(f"{title:24}{'reports':>9}" + "".join(f"{outcome:>15}" for outcome in OUTCOMES))
    for name, group in sorted(groups.items(), key=lambda item: (item[0] == "all", item[0])):
        told = shares(group)
        print(f"{name:24}{len(group):9}" + "".join(f"{told[outcome]:15.1%}" for outcome in OUTCOMES))
    print()


def _confused(results: Iterable[Result]) -> None:
    """What was meant, and what else it was taken for, most often first."""
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        meant = f"{result.message.country} {result.message.meant}"
        if result.understood not in (result.message.meant, DESK if result.is_out_of_scope else ""):
            taken[meant][result.understood] += 1
    for meant, others in sorted(taken.items()):
        print(f"{meant:28}taken for " + ", ".join(f"{name} {count}" for name, count in others.most_common()))
    print()


def _others(results: tuple[Result, ...]) -> None:
    print(f"out of scope at a partner {share_at_partners(results):.1%}", end=", ")
    print(f"commands {share_of_commands(results):.1%}, areas {share_of_areas(results):.1%}", end=", ")
    print(f"noise filed {len(filed_noise(results))}")
    right, wrong = problems_given(results)
    print(f"problem types of {sum(one.message.problem is not None for one in results)}: ", end="")
    print(f"right {right:.1%}, wrong {wrong:.1%}")


main()
