"""Budget cases, opened and worked on the way real ones are."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.database import transaction
from app.followup import acts, asking, evidence, hearing
from app.followup.models import Case, CaseEvent, FixQuestion
from app.followup.opening import open_case, take_up
from app.gaps.models import Gap
from app.reports.consents import note
from app.reports.contacts import meet
from app.viewer import INTAKE, WORKER, Viewer, acting_as
from tests.builders.gaps import a_gap
from tests.builders.reports import a_number, say
from tests.builders.stored import rows

AFESIS = Viewer("partner_lead", name="lead", partner="afesis", entry_points=frozenset({"za-water-sanitation"}))
"""Who works at South Africa's water entry point."""

TODAY = date(2026, 11, 24)
STATEMENT = "The borehole has been dry since May; 400 households in the settlement buy water."

FIGURE = {
    "line": "ISUPG",
    "fiscal_year": "2022/23",
    "phase": "approved",
    "amount": "334",
    "scale": "1000000",
    "unit": "ZAR",
    "source_title": "Nelson Mandela Bay, in-year report",
    "source_page": "12",
}
ACTION = {
    "action_kind": "budget_memo",
    "recipient": "Budget office",
    "about": "Spend the grant before the year ends.",
    "sent_on": "2026-11-02",
    "due_on": "2026-11-30",
}
RESPONSE = {"response_kind": "fixed_claimed", "sender": "Water services", "said": "The pump was replaced."}


def a_case(gap: Gap | None = None, state: str | None = None, **changes: Any) -> Case:
    """A case about this gap, or one that three people reported; its reports are taken up, `changes` set on it."""
    found = gap or a_gap()
    with acting_as(AFESIS), transaction() as session:
        number = open_case(session, found.id, STATEMENT)
    with acting_as(WORKER):
        take_up(case=number)
    if state:
        changes["state"] = state
    if changes:
        change(number, **changes)
    return stored(number)


def change(number: int, **values: Any) -> None:
    """Set these columns of a case."""
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Case).where(Case.id == number).values(**values))


def stored(number: int) -> Case:
    """The case as it stands in the database now, detached."""
    with acting_as(WORKER), transaction() as session:
        return session.scalars(select(Case).where(Case.id == number)).one()


def work(use_case: Callable[..., None], case: Case, *args: Any, form: uuid.UUID | None = None) -> None:
    """Run one act of the partner's; each has a form of its own unless one is given."""

    def run(session: Session) -> None:
        use_case(session, case.id, form or uuid.uuid4(), *args)

    with acting_as(AFESIS), transaction() as session:
        run(session)


def add_figure(case: Case, **changes: str) -> None:
    work(evidence.add_figure, case, FIGURE | changes)


def add_action(case: Case, today: date = TODAY, **changes: str) -> None:
    work(evidence.act, case, ACTION | changes, today)


def add_response(case: Case, today: date = TODAY, **changes: str) -> None:
    work(evidence.respond, case, RESPONSE | changes, today)


def move(case: Case, to: str, reason: str = "", into: str = "") -> Case:
    """Move the case from where it stands."""
    work(acts.move, case, stored(case.id).state, to, reason, into)
    return stored(case.id)


def take_up_again(case: Case) -> None:
    """Run the job that brings the case's reports into follow-up."""
    with acting_as(WORKER):
        take_up(case=case.id)


def ask_now(case: Case) -> list[FixQuestion]:
    """Run the job that asks the people of the newest round; the questions of that round."""
    number = stored(case.id).round
    with acting_as(WORKER):
        asking.ask(case=case.id, number=number)
    return [question for question in questions() if question.round == number]


def hear_now() -> None:
    """Run the jobs of all answers."""
    with acting_as(WORKER):
        for question in questions():
            if question.answer:
                hearing.heard(question=str(question.id))


def people(number: int = 3) -> tuple[str, ...]:
    """The phone numbers of so many people in South Africa."""
    return tuple(a_number("ZA") for _ in range(number))


def agree(*senders: str) -> None:
    """These people have agreed to be asked."""
    with acting_as(INTAKE), transaction() as session:
        for sender in senders:
            note(session, meet(session, sender, "ZA").id, "contact_again", "given", "twilio-sms-za")


def being_verified(senders: tuple[str, ...], agreed: tuple[str, ...] | None = None) -> Case:
    """A case about what these people reported, in which those who agreed (by default all) have been asked."""
    case = a_case(a_gap(senders=senders), state="fixed_claimed")
    agree(*(senders if agreed is None else agreed))
    move(case, "verifying")
    ask_now(case)
    return stored(case.id)


def answer(sender: str, text: str) -> None:
    """This person texts back, and the jobs of their answer are done."""
    say(text, "ZA", sender=sender)
    hear_now()


def questions() -> list[FixQuestion]:
    return rows(FixQuestion, FixQuestion.asked_at)


def case_events(case: Case) -> list[tuple[str, dict[str, Any]]]:
    """What the timeline says: kinds and details, oldest first."""
    return [(event.kind, event.detail) for event in rows(CaseEvent, CaseEvent.id) if event.case_id == case.id]


def time_passes(wait: timedelta) -> None:
    """As if every question and reminder had gone out this much earlier."""
    with acting_as(WORKER), transaction() as session:
        earlier = {"asked_at": FixQuestion.asked_at - wait, "reminded_at": FixQuestion.reminded_at - wait}
        session.execute(update(FixQuestion).values(**earlier))
