"""Whatever somebody says in whichever order: nothing is lost, nothing is filed twice, nobody gets stuck."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.conversation.consent import QUESTIONS
from app.conversation.questions import MOST_QUESTIONS
from app.conversation.text import hear
from app.database import transaction
from app.intake.incoming import Incoming
from app.outbox.models import OutgoingMessage
from app.reports.models import OpenQuestion
from app.understanding.orders import NAMES
from app.upkeep import file_unanswered_questions
from app.viewer import INTAKE, WORKER, acting_as
from tests.builders.messages import Carrier, deliver_now
from tests.builders.reports import a_number, an_incoming
from tests.builders.stored import all_messages_out, messages_in, reports, rows
from tests.conftest import Database

MATTERS = (
    "no drugs at the dispensary",
    "the borehole is broken",
    "no drugs in Busia and Baringo",
    "no drugs in Busia, Baringo, Kilifi, Kitui and Garissa",
    "please help us, nobody listens",
    "STOP 12345",
)
ORDERS = ("STOP", "start", "help", "STATUS", "READ", "how", "delete", "my data", "LANGUAGE", "lugha sw", "call me")
ANSWERS = ("1", "2", "3", "9", "yes", "hapana", "Busia", "Kiswahili", "health", "hello", "thank you", "", "?", "💊")

LATER = "later"
"""A day goes by, and the timetable's work is done."""

matter = st.sampled_from(MATTERS)
said = matter | matter | st.sampled_from(ORDERS) | st.sampled_from(ANSWERS)
again = st.integers(0, 5)
"""The provider delivers a message again: so many before the newest."""

cut_off = said.map(lambda text: (text,))
"""The transaction breaks off after the message was taken in; the provider tries again."""

steps = st.lists(said | said | said | said | again | cut_off | st.just(LATER), min_size=1, max_size=12)


class LineCut(Exception):
    pass


@dataclass
class Talk:
    sender: str = field(default_factory=a_number)
    heard: list[Incoming] = field(default_factory=list)

    def take(self, step: str | int | tuple[str]) -> None:
        if step == LATER:
            a_day_later()
        elif isinstance(step, int):
            self.hear(self.heard[-1 - step]) if step < len(self.heard) else None
        elif isinstance(step, tuple):
            self.hear(self.new(step[0]), breaks_off=True)
            self.hear(self.heard[-1])
        else:
            self.hear(self.new(step))

    def new(self, text: str) -> Incoming:
        self.heard.append(an_incoming(text, sender=self.sender))
        return self.heard[-1]

    def hear(self, incoming: Incoming, breaks_off: bool = False) -> None:
        try:
            with acting_as(INTAKE), transaction() as session:
                hear(session, incoming)
                if breaks_off:
                    raise LineCut
        except LineCut:
            pass


def a_day_later() -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(update(OpenQuestion).values(asked_at=OpenQuestion.asked_at - timedelta(hours=25)))
    with acting_as(WORKER):
        file_unanswered_questions(timestamp=0)


def lost() -> list[str]:
    """What was said about a matter, stands there, and belongs to no report."""
    return [message.body for message in messages_in() if message.body in MATTERS and message.report_id is None]


def sent(purpose: str) -> list[OutgoingMessage]:
    return [m for m in all_messages_out() if m.purpose == purpose and m.body not in QUESTIONS.values()]


def test_the_orders_said_here_are_all_there_are() -> None:
    assert len({order for order in ORDERS if order != "lugha sw"}) == len(NAMES)


@given(steps=steps)
@example(steps=["no drugs in Busia and Baringo", "the borehole is broken"])
@example(steps=["no drugs in Busia and Baringo", "delete", "1", 0])
@settings(max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_talk_comes_to_its_end(app: Flask, database: Database, carrier: Carrier, steps: list) -> None:
    database.empty()
    talk = Talk()
    for step in steps:
        talk.take(step)
        assert all(question.asked <= MOST_QUESTIONS for question in rows(OpenQuestion))
    kept, filed = messages_in(), {report.id for report in reports()}
    assert len(kept) == len(talk.heard)
    assert {message.report_id for message in kept} - {None} == filed
    assert len(sent("question")) <= MOST_QUESTIONS * (len(filed) + 1)
    assert len(sent("acknowledgment")) <= len(filed)
    a_day_later()
    assert (rows(OpenQuestion), lost()) == ([], [])
    for _ in range(MOST_QUESTIONS + 1):
        talk.take("no drugs at the dispensary")
    assert lost() == []
    carrier.sent.clear()
    for message in sent("fixed"):
        deliver_now(message)
    assert len(carrier.sent) <= 1
