"""Answers that the partners of an entry point wrote once, offered as the beginning of a reply to one person."""

from __future__ import annotations

from dataclasses import dataclass

from app.directory.catalogue import Answer, Directory
from app.language import SOURCE
from app.reports.models import Report


@dataclass(frozen=True)
class Ready:
    """One of them, in the language that the person reads best of those in which it was written."""

    name: str
    text: str
    language: str


def ready_answers(report: Report, directory: Directory) -> tuple[Ready, ...]:
    """Those of the report's entry point: first those in the person's language, then in one of the country's."""
    entry = next((one for one in directory.entry_points if one.slug == report.entry_point), None)
    if entry is None:
        return ()
    languages = read_by(report, directory)
    offered = [found for one in entry.answers if (found := in_the_first(one, languages))]
    return tuple(sorted(offered, key=lambda ready: ready.language != report.language))


def read_by(report: Report, directory: Directory) -> tuple[str, ...]:
    """In which languages its person is told something, the best first: their own, then those of the country."""
    offered = directory.country(report.country).languages
    return tuple(dict.fromkeys((report.language or SOURCE, *offered, SOURCE)))


def in_the_first(answer: Answer, languages: tuple[str, ...]) -> Ready | None:
    """The answer in the first of these languages in which somebody wrote it."""
    said = ((language, answer.text_in(language)) for language in languages)
    return next((Ready(answer.name, text, language) for language, text in said if text), None)
