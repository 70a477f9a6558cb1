"""Reading one posted page: the answers with this one added, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.channels.web import wording
from app.channels.web.answers import Answers
from app.channels.web.steps import entry_point, needs_words, sectors
from app.directory.catalogue import Directory
from app.reports.locations import Location, read_location
from app.understanding.places.nearest import Town, nearest
from sms.numbers import country_of, normalise
from sms.text import clean

LONGEST_WORDS = 2000
LONGEST_PLACE = 120
LONGEST_NUMBER = 40
"""Characters. A number is at most 15 digits, with whatever people put between them."""

NOT_LISTED = "other"
FOR_OTHER = "yes"

Form = Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong: the id of the field to go to, and a marked message with its values."""

    field: str
    message: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def said(self) -> dict[str, object]:
        """The values by name, as the message wants them."""
        return dict(self.values)


class Wrong(ValueError):
    """The page was not filled in so that it could be gone on with."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].field)
        self.problems = problems


def read_step(step: str, form: Form, answers: Answers, directory: Directory) -> Answers:
    """Take in the answer to this step. Raises Wrong."""
    return READERS[step](form, answers, directory)


def _country(form: Form, answers: Answers, directory: Directory) -> Answers:
    code = form.get("country", "")
    if code not in {country.code for country in directory.countries}:
        raise Wrong(Problem("country", wording.CHOOSE_COUNTRY))
    return in_country(answers, code, directory)


def in_country(answers: Answers, code: str, directory: Directory) -> Answers:
    """The answers with this country. What was chosen for another one is forgotten, the words are kept."""
    if answers.country == code:
        return answers
    offered = directory.country(code).languages
    keep = answers.language_is_chosen or answers.language in offered
    elsewhere = {"area": None, "place": "", "location": "", "contact": None, "number": ""}
    fresh = replace(answers, country=code, sector=None, problem=None, **elsewhere)
    return fresh if keep else replace(fresh, language=offered[0])


def in_sector(answers: Answers, sector: str, directory: Directory) -> Answers:
    """The answers with this sector, unchanged where their country has no such choice."""
    if not answers.country or sector not in sectors(answers.country, directory) or sector == answers.sector:
        return answers
    return replace(answers, sector=sector, problem=None)


def _sector(form: Form, answers: Answers, directory: Directory) -> Answers:
    sector = form.get("sector", "")
    chosen = in_sector(answers, sector, directory)
    if not sector or chosen.sector != sector:
        raise Wrong(Problem("sector", wording.CHOOSE_ONE))
    return chosen


def _problem(form: Form, answers: Answers, directory: Directory) -> Answers:
    chosen, entry = form.get("problem", ""), entry_point(answers, directory)
    listed = {problem.slug for problem in entry.problems} if entry else set()
    if chosen not in listed | {NOT_LISTED}:
        raise Wrong(Problem("problem", wording.CHOOSE_ONE))
    return replace(answers, problem="" if chosen == NOT_LISTED else chosen)


def _area(form: Form, answers: Answers, directory: Directory) -> Answers:
    area, place = form.get("area", ""), " ".join(clean(form.get("place", "")).split())
    known = {area.code for area in directory.areas_of(answers.country)} if answers.country else set()
    if area and area not in known:
        raise Wrong(Problem("area", wording.CHOOSE_AREA))
    if len(place) > LONGEST_PLACE:
        raise Wrong(too_long("place", place, LONGEST_PLACE))
    location = read_location(form.get("location", ""))
    near = town_near(location, answers)
    chosen = area or (near.area if near and near.area in known else "")
    return replace(answers, area=chosen, place=place, location=str(location or ""))


def town_near(location: Location | None, answers: Answers) -> Town | None:
    """The town of the answers' country that this location is near."""
    if location is None or answers.country is None:
        return None
    return nearest(answers.country, location.latitude, location.longitude)


def _words(form: Form, answers: Answers, _directory: Directory) -> Answers:
    words = clean(form.get("words", "")).strip()
    if not words and needs_words(answers):
        raise Wrong(Problem("words", wording.WRITE_SOMETHING))
    if len(words) > LONGEST_WORDS:
        raise Wrong(too_long("words", words, LONGEST_WORDS))
    return replace(answers, words=words, for_other=FOR_OTHER if form.get("for_other") == FOR_OTHER else "")


def _contact(form: Form, answers: Answers, _directory: Directory) -> Answers:
    chosen, given = form.get("contact", ""), clean(form.get("number", "")).strip()[:LONGEST_NUMBER]
    if chosen not in ("none", "text"):
        raise Wrong(Problem("contact", wording.CHOOSE_ONE))
    if chosen == "none" and given:
        raise Wrong(Problem("contact", wording.NUMBER_BUT_NO))
    return replace(answers, contact=chosen, number=_number(given, answers) if chosen == "text" else "")


def _number(given: str, answers: Answers) -> str:
    """The number in E.164. Only of the report's own country: text messages cost money, and go out from there."""
    number = normalise(given, answers.country)
    if number is None or country_of(number) != answers.country:
        raise Wrong(Problem("number", wording.WRONG_NUMBER if given else wording.NO_NUMBER))
    return number


def too_long(field: str, text: str, most: int) -> Problem:
    """Says by how many characters."""
    return Problem(field, wording.TOO_LONG, (("number", len(text) - most),))


READERS: dict[str, Callable[[Form, Answers, Directory], Answers]] = {
    "country": _country,
    "sector": _sector,
    "problem": _problem,
    "area": _area,
    "words": _words,
    "contact": _contact,
}
