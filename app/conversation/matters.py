"""What is known of a matter when it is filed: from the words alone, or from a question and its answer."""

from __future__ import annotations

import uuid

from app.conversation.on_behalf import mark_of
from app.directory.catalogue import ProblemType
from app.directory.channels import Channel
from app.directory.current import current_directory
from app.intake.incoming import Matter, Received
from app.language import choose
from app.reports.models import OpenQuestion
from app.understanding.meaning import Meaning

INCOMPLETE = "incomplete"
"""The flag of a report filed without its sector being known."""

Messages = tuple[uuid.UUID, ...]
"""The stored messages that a matter was said in."""


def from_words(
    received: Received, meaning: Meaning, said_in: Messages, before: OpenQuestion | None = None
) -> Matter:
    """As it was understood; `before` is the question that it answers in its own words, with what was known then."""
    contact, channel = received.sender.contact, received.incoming.channel
    country = current_directory().country(channel.country)
    return Matter(
        country=country.code,
        sector=meaning.sector,
        language=choose(country.languages, contact.language if contact else None, meaning.language),
        channel=received.incoming.kind,
        said_in=said_in,
        problem_type=meaning.problem_type,
        gap_kind=meaning.gap_kind,
        area=meaning.area or (before.area if before else None),
        outside_focus=meaning.outside_focus,
        flags=(*(() if meaning.sector else (INCOMPLETE,)), *mark_of(country.code, received.incoming.text)),
        first_heard=before.asked_at if before else None,
    )


def from_question(question: OpenQuestion, channel: Channel, said_in: Messages, **answered: str | None) -> Matter:
    """As it stood when the question was asked, and `answered`: its sector, or its area."""
    known = {"sector": question.sector, "area": question.area} | answered
    problem = _problem(question.problem_type)
    return Matter(
        country=channel.country,
        language=question.language,
        channel="whatsapp" if channel.kind == "whatsapp" else "sms",
        said_in=said_in,
        problem_type=problem.slug if problem else None,
        gap_kind=problem.gap_kind if problem else None,
        outside_focus=question.outside_focus,
        flags=() if known["sector"] else (INCOMPLETE,),
        first_heard=question.asked_at,
        **known,
    )


def _problem(slug: str | None) -> ProblemType | None:
    """None also for one that the directory has lost since."""
    try:
        return current_directory().problem(slug) if slug else None
    except KeyError:
        return None
