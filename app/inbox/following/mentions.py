"""Calling a colleague in a note: `@` and the first part of their e-mail address, or their name. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.inbox.colleagues import Colleague

AT = re.compile(r"(?<![\w.@+-])@(?=\w)")
"""Not within an e-mail address."""


@dataclass(frozen=True)
class Called:
    """`people` are the colleagues' keys by what was written for them, `unknown` what is nobody's name here."""

    people: dict[str, str]
    unknown: tuple[str, ...]


def called_in(text: str, people: Sequence[Colleague]) -> Called:
    """Whom this note calls. The longest name that fits is meant; one that two share is nobody's."""
    keys, found, unknown = _keys(people), {}, []
    for place in (match.end() for match in AT.finditer(text)):
        written = next((form for form in keys if _stands_at(form, text, place)), None)
        if written is None:
            unknown.append("@" + re.match(r"[\w.-]*\w", text[place:])[0])  # type: ignore[index]
        else:
            found["@" + text[place : place + len(written)]] = keys[written]
    return Called(found, tuple(unknown))


def handles(people: Sequence[Colleague]) -> tuple[tuple[str, str], ...]:
    """For each who can be called their name, and what to write after the `@`: the shortest that is theirs alone."""
    keys = _keys(people)
    shortest = {keys[form]: form for form in keys if form}
    return tuple((one.name, shortest[one.key]) for one in people if one.key in shortest)


def in_parts(text: str, written: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is one of these names."""
    if not written:
        yield text, False
        return
    longest_first = sorted(written, key=len, reverse=True)
    pattern = re.compile("(" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    for number, piece in enumerate(pattern.split(text)):
        if piece:
            yield piece, number % 2 == 1


def _keys(people: Sequence[Colleague]) -> dict[str, str]:
    """What may be written, in lower case and the longest first, with the key of whom it means."""
    forms = [(form, one.key) for one in people for form in {*_forms(one)}]
    shared = Counter(form for form, _key in forms)
    alone = {form: key for form, key in forms if shared[form] == 1}
    return dict(sorted(alone.items(), key=lambda pair: len(pair[0]), reverse=True))


def _forms(one: Colleague) -> tuple[str, ...]:
    return one.address.partition("@")[0].lower(), one.name.lower()


def _stands_at(form: str, text: str, place: int) -> bool:
    return re.compile(re.escape(form) + r"(?!\w)", re.IGNORECASE).match(text, place) is not None
