"""Why here? A text or a combination, what was understood of it, and the route it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.directory.catalogue import SECTORS, Directory
from app.directory.explaining import Explanation, explain
from app.understanding.meaning import MOST_CHARACTERS, Meaning, understand
from sms.text import clean


@dataclass(frozen=True)
class Question:
    """A country with a text, or with a sector and an area; an empty country asks nothing."""

    country: str = ""
    text: str = ""
    sector: str = ""
    area: str = ""


@dataclass(frozen=True)
class Answer:
    """What the text means (None where a combination was asked about), and where it goes if it is a report."""

    meaning: Meaning | None
    explanation: Explanation | None


NO_QUESTION = Question()


def read_question(form: Mapping[str, str], directory: Directory) -> Question:
    """The question in this form; what is not offered is left out."""
    country = form.get("country", "")
    if country not in {one.code for one in directory.countries}:
        return NO_QUESTION
    areas = {area.code for area in directory.areas_of(country)}
    sector, area = form.get("sector", ""), form.get("area", "")
    text = clean(form.get("text", "")).strip()[:MOST_CHARACTERS]
    return Question(country, text, sector if sector in SECTORS else "", area if area in areas else "")


def answer_of(question: Question, directory: Directory, on: date) -> Answer:
    """What the product would do with it on that day."""
    if not question.text:
        sector, area = question.sector or None, question.area or None
        return Answer(None, explain(directory, question.country, sector, area, on))
    meaning = understand(question.text, question.country, directory)
    if meaning.kind != "report":
        return Answer(meaning, None)
    way = explain(directory, question.country, meaning.sector, meaning.area, on, meaning.outside_focus)
    return Answer(meaning, way)
