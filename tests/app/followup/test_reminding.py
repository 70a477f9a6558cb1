"""Who does not answer is reminded once, and then left in peace."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.followup import asking
from app.reports.consents import note
from app.reports.models import Contact
from app.viewer import INTAKE, WORKER, acting_as
from tests.builders.cases import answer, being_verified, people, stored, time_passes
from tests.builders.stored import messages_out, reports

WEEK = timedelta(days=7, minutes=1)


def remind_now() -> None:
    with acting_as(WORKER):
        asking.remind(timestamp=0)


def reminders() -> list[str]:
    return [message.body for message in messages_out() if message.purpose == "reminder"]


def statuses() -> list[str]:
    return sorted(report.status for report in reports())


def test_after_a_week_there_is_one_reminder(app: Flask) -> None:
    being_verified(people(1))
    remind_now()
    assert reminders() == []
    time_passes(WEEK)
    remind_now()
    remind_now()
    (report,) = reports()
    assert reminders() == [
        f"{report.reference}: please tell us, was it solved? 1 yes, 2 no, 3 partly. For no more messages: STOP"
    ]
    assert statuses() == ["resolved"]


def test_without_an_answer_to_the_reminder_the_report_stays_unconfirmed(app: Flask) -> None:
    one, two = people(2)
    case = being_verified((one, two))
    answer(one, "1")
    for _ in range(3):
        time_passes(WEEK)
        remind_now()
    assert statuses() == ["confirmed", "unconfirmed"]
    assert len(reminders()) == 1
    assert stored(case.id).state == "verifying"


def test_an_answer_to_the_reminder_counts(app: Flask) -> None:
    (sender,) = people(1)
    being_verified((sender,))
    time_passes(WEEK)
    remind_now()
    answer(sender, "2")
    assert statuses() == ["reopened"]


def test_somebody_who_took_it_back_meanwhile_is_not_reminded(app: Flask) -> None:
    (sender,) = people(1)
    being_verified((sender,))
    with acting_as(INTAKE), transaction() as session:
        contact = session.scalars(select(Contact.id)).one()
        note(session, contact, "contact_again", "withdrawn", "twilio-sms-za")
    time_passes(WEEK)
    remind_now()
    assert reminders() == []
    assert statuses() == ["unconfirmed"]
