"""Letters, and those that were posted as their readers would see them."""

from __future__ import annotations

import json
import re

from flask import current_app
from sqlalchemy import select

from app.database import transaction
from app.mail.delivery import place_of
from app.mail.letter import Letter
from app.mail.models import OutgoingLetter
from app.viewer import WORKER, acting_as


def a_letter(to: str = "person@example.org", subject: str = "A word", body: str = "Good day.\n") -> Letter:
    return Letter(to=to, subject=subject, body=body, purpose="mention")


def stored_letters() -> list[OutgoingLetter]:
    with acting_as(WORKER), transaction() as session:
        return list(session.scalars(select(OutgoingLetter).order_by(OutgoingLetter.created_at)))


def letters() -> list[Letter]:
    """The letters that are still waiting, opened, in the order in which they were posted."""
    vault = current_app.extensions["vault"]
    return [
        Letter(purpose=row.purpose, **json.loads(vault.open(row.content, place_of(row.id))))
        for row in stored_letters()
        if row.content
    ]


def link_in(letter: Letter) -> str:
    """The path of the link that it holds."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]
