"""The fields in which somebody says what is to be done: of bulk acts and of macros."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inbox import acts, marking, steps
from app.inbox.colleagues import Colleague, colleagues
from app.inbox.tags import most_used, tags_in_use
from app.reports.lifecycle import NEEDS_A_REASON
from app.reports.marks import PRIORITIES


@dataclass(frozen=True)
class Fields:
    """What may be chosen, and what was `entered`, by the names of the form's fields."""

    entered: Mapping[str, str]
    colleagues: tuple[Colleague, ...]
    tags: tuple[str, ...]

    settable = steps.SETTABLE
    needs_a_reason = NEEDS_A_REASON
    priorities = PRIORITIES
    snoozes = marking.SNOOZES
    longest = MappingProxyType(
        {"reason": acts.LONGEST_REASON, "note": acts.LONGEST_NOTE, "reply": acts.LONGEST_REPLY}
    )


def fields_for(session: Session, entered: Mapping[str, str]) -> Fields:
    return Fields(entered, colleagues(session), most_used(session.scalar(select(tags_in_use())) or ()))
