"""Posters: one A4 page for each entry point, in a language of its country, with the way to report as a QR code."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from markupsafe import Markup

from app.channels.web.wording import DIAL, TEXT_TO
from app.directory.catalogue import EntryPoint, Partner
from app.directory.channels import Channel
from app.directory.current import SMS_PROVIDERS
from app.language import say
from app.open_data.places import Place, reader_of
from app.open_data.wording import WHATSAPP

MOST_PROBLEMS = 6
SLOT = "\0"
MESSAGES = {"sms": TEXT_TO, "ussd": DIAL, "whatsapp": WHATSAPP}
QUIET = 4
"""Modules of white around a QR code, as ISO/IEC 18004 wants them."""


@dataclass(frozen=True)
class Poster:
    """`problems` are names, `ways` are messages with their numbers, and `link` is what the QR code says."""

    place: Place
    sector: str
    reader: Partner
    problems: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
    link: str

    @property
    def qr(self) -> Markup:
        return qr_svg(self.link)


def poster_of(place: Place, entry: EntryPoint, link: str) -> Poster:
    return Poster(
        place=place,
        sector=entry.sector,
        reader=reader_of(place, entry.sector),
        problems=tuple(problem.name_in(place.language) for problem in entry.problems)[:MOST_PROBLEMS],
        ways=_ways(place),
        link=link,
    )


def qr_svg(text: str) -> Markup:
    """The QR code of this text as SVG that scales. Level M or better: a quarter of it may be torn or dirty at best,
    15% at least."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(border=QUIET, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704


def with_number(language: str, message: str, number: str) -> Markup:
    """The message with its number set out large, wherever the language puts it."""
    before, _, after = say(language, message, number=SLOT).partition(SLOT)
    return Markup("{}<b>{}</b>{}").format(before, number, after)


def _ways(place: Place) -> tuple[tuple[str, str], ...]:
    """One number of each kind: who stands before a poster is not to choose between two."""
    first = {kind: next((one for one in _preferred(place) if one.kind == kind), None) for kind in MESSAGES}
    return tuple((MESSAGES[kind], one.address.removeprefix("whatsapp:")) for kind, one in first.items() if one)


def _preferred(place: Place) -> list[Channel]:
    return sorted(place.channels, key=lambda one: SMS_PROVIDERS.index(one.provider))
