"""Notes that call somebody, the jobs that tell and write, and what people have been told."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select

from app.access.models import Account
from app.database import transaction
from app.inbox.following import posting, telling
from app.inbox.following.models import LetterChoice, Notice, usual_choice
from app.reports.models import Report
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser


def handle(account: Account) -> str:
    return "@" + account.email.partition("@")[0]


def note(browser: Browser, report: Report, text: str, form: str = "") -> str:
    """Keep a note; returns where the browser is led."""
    answer = browser.post(f"/inbox/{report.reference}/note", form=form or str(uuid.uuid4()), note=text)
    assert answer.status_code == 303, answer.text
    return answer.location


def tell() -> None:
    with acting_as(WORKER):
        telling.tell()


def write_at_once() -> None:
    with acting_as(WORKER):
        posting.write_at_once()


def told(account: Account) -> list[str]:
    """Of which kinds, in the order in which it happened."""
    mine = select(Notice.kind).where(Notice.account_id == account.id).order_by(Notice.event_id)
    with acting_as(WORKER), transaction() as session:
        return list(session.scalars(mine))


def wishes(account: Account, **choices: object) -> None:
    """This person chose these letters."""
    with acting_as(WORKER), transaction() as session:
        choice = session.get(LetterChoice, account.id) or usual_choice(account.id)
        for name, value in choices.items():
            setattr(choice, name, value)
        session.add(choice)


def digests_at(moment: datetime, monkeypatch: object) -> None:
    """Write the digests that are due at this moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr(posting, "datetime", Clock)  # type: ignore[attr-defined]
    with acting_as(WORKER):
        posting.write_digests()
