"""Answers that the partners of an entry point wrote once, offered as the beginning of a reply to one person."""

from __future__ import annotations

from dataclasses import dataclass

from app.directory.catalogue import Directory
from app.language import SOURCE
from app.reports.models import Report


@dataclass(frozen=True)
class Ready:
    """One of them: `text` is in the person's language, or in English where it has not been translated."""

    name: str
    text: str
    is_translated: bool


def ready_answers(report: Report, directory: Directory) -> tuple[Ready, ...]:
    """Those of the report's entry point that have a text for its language, in their order."""
    entry = next((one for one in directory.entry_points if one.slug == report.entry_point), None)
    said = [(one, one.text_in(report.language or SOURCE)) for one in entry.answers] if entry else []
    offered = (Ready(one.name, text or one.text_in(SOURCE) or "", text is not None) for one, text in said)
    return tuple(one for one in offered if one.text)
