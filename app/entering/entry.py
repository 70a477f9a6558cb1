"""What somebody told, as a form or a line of a sheet says it: read, or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.directory.catalogue import SECTORS, Area, Directory, EntryPoint, ProblemType
from app.understanding.meaning import understand
from sms.numbers import normalise
from sms.text import clean

LONGEST_WORDS = 2000
LONGEST_PLACE = 120
OLDEST = timedelta(days=366)
YES = frozenset({"yes", "y", "1", "true", "x", "oui", "ya"})

FIELDS = ("about", "problem", "area", "place", "words", "language", "number", "agreed", "heard_on")
"""What there is to say, and the columns of a sheet. `about` is an entry point or a sector."""

Values = Mapping[str, str]


class Wrong(ValueError):
    """What was entered cannot be filed: messages in the page's language, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Entry:
    """One matter that one person told of. `number` is E.164 or empty; it is there only if they agreed."""

    country: str
    sector: str | None
    problem: str | None
    gap_kind: str | None
    area: str | None
    place: str
    words: str
    language: str
    number: str
    heard_on: date
    outside_focus: bool = False

    def first_heard(self, timezone: str) -> datetime | None:
        """From when its due date counts, where that was before today: noon of the day, for want of better."""
        zone = ZoneInfo(timezone)
        is_today = self.heard_on >= datetime.now(zone).date()
        return None if is_today else datetime.combine(self.heard_on, time(12), zone).astimezone(UTC)


def read_entry(values: Values, country: str, directory: Directory) -> Entry:
    """Raises Wrong with everything that is wrong at once."""
    wrong: dict[str, str] = {}
    said = {name: clean(values.get(name, "")).strip() for name in FIELDS}
    sector = _sector(said["about"], country, wrong)
    problem = _problem(said["problem"], country, sector, directory, wrong)
    area = _area(said["area"], country, directory, wrong)
    entry = Entry(
        country=country,
        sector=sector or _sector_of(problem, country, directory),
        problem=problem.slug if problem else None,
        gap_kind=problem.gap_kind if problem else None,
        area=area.code if area else None,
        place=_short("place", " ".join(said["place"].split()), LONGEST_PLACE, wrong),
        words=_words(said["words"], problem, wrong),
        language=_language(said["language"], country, directory, wrong),
        number=_number(said["number"], said["agreed"], country, wrong),
        heard_on=_heard_on(said["heard_on"], country, directory, wrong),
    )
    if wrong:
        raise Wrong(wrong)
    return entry if entry.sector else _understood(entry, directory)


def _sector(text: str, country: str, wrong: dict[str, str]) -> str | None:
    slug = text.lower().removeprefix(f"{country.lower()}-")
    if slug and slug not in SECTORS:
        wrong["about"] = _("There is no such entry point or sector.")
    return slug or None


def _problem(
    text: str, country: str, sector: str | None, directory: Directory, wrong: dict[str, str]
) -> ProblemType | None:
    """By its code, whole or without its entry point, or by what it is called in any language."""
    if not text:
        return None
    entries = [e for e in directory.entry_points if e.country == country and sector in (None, e.sector)]
    found = [one for entry in entries for one in entry.problems if text.casefold() in _names(one)]
    if len(found) != 1:
        unknown, several = _("This entry point has no such problem."), _("Say of which entry point.")
        wrong["problem"] = several if found else unknown
        return None
    return found[0]


def _names(problem: ProblemType) -> set[str]:
    names = (problem.slug, problem.slug.partition("/")[2], problem.name, *problem.names.values())
    return {name.casefold() for name in names}


def _sector_of(problem: ProblemType | None, country: str, directory: Directory) -> str | None:
    def has_it(entry: EntryPoint) -> bool:
        return entry.country == country and problem in entry.problems

    return next((entry.sector for entry in directory.entry_points if problem and has_it(entry)), None)


def _area(text: str, country: str, directory: Directory, wrong: dict[str, str]) -> Area | None:
    if not text:
        return None
    for area in directory.areas_of(country):
        if text.casefold() in {area.code.casefold(), area.name.casefold(), *map(str.casefold, area.names.values())}:
            return area
    wrong["area"] = _("There is no such area in this country.")
    return None


def _words(text: str, problem: ProblemType | None, wrong: dict[str, str]) -> str:
    if not text and problem is None:
        wrong["words"] = _("Write what the person told you, or choose the problem.")
    return _short("words", text, LONGEST_WORDS, wrong)


def _short(field: str, text: str, most: int, wrong: dict[str, str]) -> str:
    if len(text) > most:
        wrong[field] = _("This is %(n)d characters too long.", n=len(text) - most)
    return text


def _language(text: str, country: str, directory: Directory, wrong: dict[str, str]) -> str:
    offered = directory.country(country).languages
    if text and text not in offered:
        wrong["language"] = _("Choose one of: %(languages)s", languages=", ".join(offered))
    return text or offered[0]


def _number(text: str, agreed: str, country: str, wrong: dict[str, str]) -> str:
    if not text:
        return ""
    number = normalise(text, country)
    if number is None:
        wrong["number"] = _("This is no phone number that can be called.")
    elif agreed.casefold() not in YES:
        wrong["agreed"] = _("A number may only be kept if the person agreed. Note that they did, or leave it out.")
    return number or ""


def _heard_on(text: str, country: str, directory: Directory, wrong: dict[str, str]) -> date:
    today = datetime.now(ZoneInfo(directory.country(country).timezone)).date()
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        wrong["heard_on"] = _("Write the day like 2026-03-31.")
        return today
    if not today - OLDEST <= day <= today:
        wrong["heard_on"] = _("The day must lie within the last year.")
    return day


def _understood(entry: Entry, directory: Directory) -> Entry:
    """Where nobody said what it is about, its words may."""
    meaning = understand(entry.words, entry.country, directory)
    if meaning.kind != "report":
        return entry
    return Entry(
        **{
            **vars(entry),
            "sector": meaning.sector,
            "problem": meaning.problem_type,
            "gap_kind": meaning.gap_kind,
            "area": entry.area or meaning.area,
            "outside_focus": meaning.outside_focus,
        }
    )
