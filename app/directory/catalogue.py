"""The directory as frozen data: who serves whom, and the words people use for it.

Sectors, gap kinds and languages are the product's own lists; places are ISO 3166-2 codes, functions of
government are COFOG 1999 codes, languages are BCP 47 tags.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Literal

from babel import Locale

from app.directory.money import Actors, Programme, within
from app.language import SPOKEN_AS

OTHER = "other"
"""The sector of a matter that belongs to none of the seven: never an entry point."""

SECTORS = (
    "agriculture",
    "mining",
    "water-sanitation",
    "health",
    "education",
    "fishing",
    "social-assistance",
    OTHER,
)

GAP_KINDS = (
    "absent",
    "late",
    "short",
    "broken",
    "overcharged",
    "excluded",
    "diverted",
    "unsafe_quality",
    "no_information_or_say",
    "other",
)

LANGUAGES = (
    *("en", "fr", "id", "jv", "sw", "hi", "hi-Latn", "mr", "mr-Latn", "ta", "te"),
    *("ha", "yo", "ig", "pcm", "ak", "ee", "dag", "wo", "zu", "xh", "st", "tn", "af"),
)
"""The languages that the product names; Twi is `ak`, Sheng is `sw`."""

LANGUAGES_OF_WORDS_ONLY = ("bew", "bn", "ff", "gu", "kln", "luy", "mas", "ms", "nso", "nup", "pa", "srr", "teo")
"""Languages whose words we recognise at an entry point, though nothing is written in them yet."""

PartnerRole = Literal["movement", "budget_technical"]
PartnerKind = Literal["organisation", "desk", "reviewer"]
WordKind = Literal["word", "decisive", "hint", "slur"]

Names = Mapping[str, str]
"""What something is called, by language. English is never among them: it is the `name` beside."""


@dataclass(frozen=True)
class Country:
    """`languages` are those offered to citizens, the default first; `desk` is a partner's slug."""

    code: str
    name: str
    dialling_code: str
    currency: str
    languages: tuple[str, ...]
    timezone: str
    desk: str

    def name_in(self, language: str) -> str:
        """What CLDR calls the country in this language, else its `name`."""
        return Locale.parse(language).territories.get(self.code, self.name)


@dataclass(frozen=True)
class Area:
    """A first-level area of ISO 3166-2. `spoken` are the names by which a message may mean it:

    without the bare name where that is also an everyday word ("Western", "Rivers", Swahili "embu"). `aliases` give
    the usual name of a place for each other name that it has among them.
    """

    code: str
    name: str
    country: str
    spoken: tuple[str, ...] = ()
    names: Names = field(default_factory=dict, hash=False)
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)

    def usual(self, name: str) -> str:
        """The usual name of the place that is spoken of by this one."""
        return self.aliases.get(name, name)

    def name_in(self, language: str) -> str:
        """What it is called in this language, else in the nearest one, else the plain `name`."""
        return _called(self.names, language) or self.name


@dataclass(frozen=True)
class Partner:
    """An organisation, a country's desk, or the reviewer; `country` is None for an international one.

    The dates are the first and last day that it is a partner at all, None meaning open.
    """

    slug: str
    name: str
    acronym: str
    kind: PartnerKind
    country: str | None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Service:
    """A partner's part at an entry point. `areas` are ISO codes, none meaning the whole country; the dates include
    their own day, None meaning open. `office` names the office that does it, where a partner has several.

    `partner_from` and `partner_to` are the partner's own dates: its part holds only within them.
    """

    partner: str
    role: PartnerRole
    lead: bool
    areas: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    office: str = ""
    partner_from: date | None = None
    partner_to: date | None = None

    @property
    def begins(self) -> date | None:
        """The day from which both the partner and its part here hold."""
        return max(filter(None, (self.valid_from, self.partner_from)), default=None)

    @property
    def ends(self) -> date | None:
        return min(filter(None, (self.valid_to, self.partner_to)), default=None)

    def is_valid(self, on: date) -> bool:
        return within(self.begins, self.ends, on)

    def covers(self, area: str) -> bool:
        return not self.areas or area in self.areas


@dataclass(frozen=True)
class ProblemType:
    """What can be wrong at an entry point; `gap_kind` adds up across countries."""

    slug: str
    name: str
    gap_kind: str
    sensitive: bool
    names: Names = field(default_factory=dict, hash=False)

    def name_in(self, language: str) -> str:
        """What it is called in this language, else in the nearest one, else in English."""
        return _called(self.names, language) or self.name


@dataclass(frozen=True)
class Word:
    """A word or phrase that people write, in its natural spelling.

    `kind`: a *decisive* word names the service itself and outweighs ordinary words; a *hint* tells only the
    problem once the sector is known; a *slur* is recognised and never repeated. `beyond` marks a matter of
    the sector outside the entry point's focus. `problem` is a problem type's slug.
    """

    text: str
    language: str
    problem: str | None = None
    kind: WordKind = "word"
    beyond: bool = False


@dataclass(frozen=True)
class Answer:
    """An answer that partners send often: `name` tells them which it is, `texts` are what is sent, by language."""

    name: str
    texts: Names = field(hash=False)

    def text_in(self, language: str) -> str | None:
        """What is sent in this language, or in the nearest one; None where nobody has written it."""
        return _called(self.texts, language)


@dataclass(frozen=True)
class EntryPoint:
    """Where IBP and partners work on one sector in one country; `serving` keeps the order of the source.

    `retired` are problem types that are offered no more, though reports still have them.
    """

    slug: str
    country: str
    sector: str
    name: str
    issue: str
    focus: str
    cofog: tuple[str, ...]
    serving: tuple[Service, ...]
    problems: tuple[ProblemType, ...]
    words: tuple[Word, ...]
    names: Names = field(default_factory=dict, hash=False)
    retired: tuple[ProblemType, ...] = ()
    programmes: tuple[Programme, ...] = ()
    actors: Actors = field(default_factory=dict, hash=False)
    answers: tuple[Answer, ...] = ()

    def name_in(self, language: str) -> str:
        """What it is called in this language, else in the nearest one, else in English."""
        return _called(self.names, language) or self.name

    @property
    def lead(self) -> Service:
        return next(service for service in self.serving if service.lead)


@dataclass(frozen=True)
class Elsewhere:
    """Words of a sector that has no entry point in this country, so that its reports reach the desk."""

    country: str
    sector: str
    words: tuple[Word, ...]


@dataclass(frozen=True, eq=False)
class Directory:
    """Everything at one moment. Compared by identity, so that an index can be kept per directory."""

    countries: tuple[Country, ...]
    areas: tuple[Area, ...]
    partners: tuple[Partner, ...]
    entry_points: tuple[EntryPoint, ...]
    elsewhere: tuple[Elsewhere, ...]

    def says_the_same_as(self, other: Directory) -> bool:
        """Whether both hold the same rows: a few milliseconds, where indexing one anew takes seconds."""
        return all(getattr(self, one.name) == getattr(other, one.name) for one in fields(self))

    def country(self, code: str) -> Country:
        """Raises KeyError for a country that the product does not serve; so do the look-ups below."""
        return self._countries[code]

    def area(self, code: str) -> Area:
        return self._areas[code]

    def partner(self, slug: str) -> Partner:
        return self._partners[slug]

    def problem(self, slug: str) -> ProblemType:
        return self._problems[slug]

    def entry_point(self, country: str, sector: str | None) -> EntryPoint | None:
        """The entry point of that sector in that country, or None where there is none."""
        return self._entry_points.get((country, sector))

    def areas_of(self, country: str) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.country == country)

    @cached_property
    def _countries(self) -> dict[str, Country]:
        return {country.code: country for country in self.countries}

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def _partners(self) -> dict[str, Partner]:
        return {partner.slug: partner for partner in self.partners}

    @cached_property
    def _problems(self) -> dict[str, ProblemType]:
        everyone = (problem for entry in self.entry_points for problem in (*entry.retired, *entry.problems))
        return {problem.slug: problem for problem in everyone}

    @cached_property
    def _entry_points(self) -> dict[tuple[str, str | None], EntryPoint]:
        return {(entry.country, entry.sector): entry for entry in self.entry_points}


def _called(names: Names, language: str) -> str | None:
    return names.get(SPOKEN_AS.get(language, language))
