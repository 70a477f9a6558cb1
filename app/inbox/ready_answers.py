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
    languages = tuple(
        dict.fromkeys((report.language or SOURCE, *directory.country(report.country).languages, SOURCE))
    )
    offered = [found for one in entry.answers if (found := _in_the_first(one, languages))]
    return tuple(sorted(offered, key=lambda ready: ready.language != report.language))


def _in_the_first(answer: Answer, languages: tuple[str, ...]) -> Ready | None:
    said = ((language, answer.text_in(language)) for language in languages)
    return next((Ready(answer.name, text, language) for language, text in said if text), None)
