"""What differs between two directories, said so that people can read it: the record of every version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from app.directory.catalogue import (
    Answer,
    Area,
    Country,
    Directory,
    EntryPoint,
    Names,
    Partner,
    ProblemType,
    Service,
    Word,
)
from app.directory.money import Programme

Part = Literal[
    "country", "area", "places", "partner", "facts", "serving", "programme", "actors", "problem", "words", "answer"
]

OF_A_LEAD: frozenset[Part] = frozenset({"places", "problem", "words", "answer"})
"""What a partner's lead may change; the rest is for administrators."""


@dataclass(frozen=True)
class Change:
    """One difference. `place` is an entry point's slug, `CC/sector` for words elsewhere, a country's code, or "".

    `name` says what within the part; `before` and `after` hold each line as text, empty where there was nothing.
    """

    place: str
    part: Part
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def compare(old: Directory, new: Directory) -> tuple[Change, ...]:
    """Every difference, in the order: countries, areas, partners, entry points, words elsewhere."""
    return tuple(
        change
        for found in (
            _pairs(old.countries, new.countries, lambda one: one.code, _country),
            _pairs(old.areas, new.areas, lambda one: one.code, _area),
            _pairs(old.partners, new.partners, lambda one: one.slug, _partner),
            _pairs(old.entry_points, new.entry_points, lambda one: one.slug, _entry_point),
            _pairs(old.elsewhere, new.elsewhere, lambda one: f"{one.country}/{one.sector}", _elsewhere),
        )
        for change in found
        if change.before != change.after
    )


def as_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]


def from_json(stored: Iterable[dict[str, Any]]) -> tuple[Change, ...]:
    lists = ("before", "after")
    return tuple(Change(**{k: tuple(v) if k in lists else v for k, v in one.items()}) for one in stored)


def _pairs(
    old: Iterable[Any],
    new: Iterable[Any],
    key: Callable[[Any], str],
    differences: Callable[[Any, Any], Iterator[Change]],
) -> Iterator[Change]:
    before, after = ({key(one): one for one in side} for side in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield from differences(before.get(name), after.get(name))


def _country(old: Country | None, new: Country | None) -> Iterator[Change]:
    one = _either(old, new)
    yield from _fields(old, new, one.code, "country", ("name", "dialling_code", "currency", "timezone", "desk"))
    yield Change(one.code, "country", "languages", *_both(old, new, lambda country: country.languages))


def _area(old: Area | None, new: Area | None) -> Iterator[Change]:
    one = _either(old, new)
    yield from _fields(old, new, one.country, "area", ("name",), of=one.code)
    yield Change(
        one.country, "area", f"{one.code} names", *_both(old, new, lambda area: _said_of_names(area.names))
    )
    before, after = _both(old, new, _said_of_places)
    yield _only_differing(Change(one.country, "places", one.code, before, after))


def _partner(old: Partner | None, new: Partner | None) -> Iterator[Change]:
    one = _either(old, new)
    yield from _fields(old, new, one.country or "", "partner", ("name", "acronym", "kind"), of=one.slug)
    yield Change(one.country or "", "partner", f"{one.slug} days", *_both(old, new, said_of_days))


def _entry_point(old: EntryPoint | None, new: EntryPoint | None) -> Iterator[Change]:
    slug = _either(old, new).slug
    yield from _fields(old, new, slug, "facts", ("sector", "name", "issue", "focus"))
    yield Change(slug, "facts", "cofog", *_both(old, new, lambda entry: entry.cofog))
    yield Change(slug, "facts", "names", *_both(old, new, lambda entry: _said_of_names(entry.names)))
    services = _both(old, new, lambda entry: tuple(map(said_of_service, entry.serving)))
    yield _only_differing(Change(slug, "serving", "", *services))
    yield from _listed(slug, "programme", old, new, lambda entry: map(_named_programme, entry.programmes))
    yield from _listed(slug, "actors", old, new, lambda entry: entry.actors.items())
    yield from _listed(slug, "problem", old, new, lambda entry: _named(entry.problems))
    yield from _words(slug, old.words if old else (), new.words if new else ())
    yield from _listed(slug, "answer", old, new, lambda entry: map(_named_answer, entry.answers))


def _listed(
    place: str, part: Part, old: Any, new: Any, read: Callable[[Any], Iterable[tuple[str, tuple[str, ...]]]]
) -> Iterator[Change]:
    """What came, went or differs of named things in a list; and their order, if only that is new."""
    before, after = (dict(read(one)) if one else {} for one in (old, new))
    for name in dict.fromkeys((*before, *after)):
        yield Change(place, part, name, before.get(name, ()), after.get(name, ()))
    if _is_reordered(before, after):
        yield Change(place, part, "", tuple(before), tuple(after))


def _elsewhere(old: Any, new: Any) -> Iterator[Change]:
    one = _either(old, new)
    place = f"{one.country}/{one.sector}"
    yield from _words(place, old.words if old else (), new.words if new else ())


def _words(place: str, old: tuple[Word, ...], new: tuple[Word, ...]) -> Iterator[Change]:
    before, after = _grouped(old), _grouped(new)
    for group in dict.fromkeys((*before, *after)):
        yield _only_differing(Change(place, "words", group, tuple(before[group]), tuple(after[group])))


def _grouped(words: Iterable[Word]) -> dict[str, list[str]]:
    """The texts under "language · which words": "sw · no-drugs", "en · decisive, beyond the focus"."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[f"{word.language} · {_group(word)}"].append(word.text)
    return groups


def _group(word: Word) -> str:
    named = word.problem.partition("/")[2] if word.problem else ""
    parts = (
        named,
        word.kind if word.kind != "word" or not named else "",
        "beyond the focus" if word.beyond else "",
    )
    return ", ".join(filter(None, parts))


def _only_differing(change: Change) -> Change:
    """Without what stays: of three hundred words, those that came and went. A mere new order is told in full."""
    before, after = set(change.before), set(change.after)
    if before == after:
        return change
    gone = tuple(text for text in change.before if text not in after)
    come = tuple(text for text in change.after if text not in before)
    return Change(change.place, change.part, change.name, gone, come)


def said_of_service(service: Service) -> str:
    """A partner's part on one line."""
    lead = "lead" if service.lead else ""
    said = (service.partner, service.office, service.role, lead, " ".join(service.areas), *said_of_days(service))
    return " · ".join(filter(None, said))


def said_of_days(one: Service | Partner | Programme) -> tuple[str, ...]:
    """From when to when, if it is not for ever."""
    return (f"{one.valid_from or ''}…{one.valid_to or ''}",) if one.valid_from or one.valid_to else ()


def said_of_problem(problem: ProblemType) -> tuple[str, ...]:
    """A problem type as lines: what it is called, and what it counts as."""
    flags = ("sensitive",) if problem.sensitive else ()
    return (problem.name, problem.gap_kind, *flags, *_said_of_names(problem.names))


def _said_of_places(area: Area) -> tuple[str, ...]:
    """Each name by which it is meant, and of which place it is another name."""
    return tuple(f"{area.usual(name)} = {name}" if name in area.aliases else name for name in area.spoken)


def _said_of_names(names: Names) -> tuple[str, ...]:
    return tuple(f"{language}: {name}" for language, name in sorted(names.items()))


def _named_programme(programme: Programme) -> tuple[str, tuple[str, ...]]:
    """At least one line, so that a programme with nothing but its name is seen to come and go."""
    confirmed = "confirmed" if programme.is_confirmed else "to be confirmed"
    aliases = tuple(f"also: {alias}" for alias in programme.aliases)
    return programme.name, (confirmed, *aliases, *programme.cofog, *said_of_days(programme))


def _named_answer(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.name, _said_of_names(answer.texts)


def _named(problems: Iterable[ProblemType]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((problem.slug.partition("/")[2], said_of_problem(problem)) for problem in problems)


def _is_reordered(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return set(before) == set(after) and list(before) != list(after)


def _fields(old: Any, new: Any, place: str, part: Part, names: tuple[str, ...], of: str = "") -> Iterator[Change]:
    for name in names:
        before, after = _both(old, new, lambda one, name=name: (getattr(one, name),))
        yield Change(place, part, f"{of} {name}".strip(), before, after)


def _both(old: Any, new: Any, read: Callable[[Any], tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (read(old) if old else ()), (read(new) if new else ())


def _either(old: Any, new: Any) -> Any:
    return new if new is not None else old
