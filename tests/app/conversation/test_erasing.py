"""DELETE takes words, number and links away, and leaves a count, and the STOP."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import update

from app.conversation.erasing import ARE_YOU_SURE, DELETED, NOT_DELETED, forget_number
from app.database import transaction
from app.gaps.gathering import gather
from app.gaps.models import Gap, Member
from app.outbox.models import OutgoingMessage
from app.reports.consents import Consent
from app.reports.erasing import TOMBSTONE
from app.reports.models import Contact, OpenQuestion
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.messages import Carrier
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, messages_in, messages_out, reports, rows
from tests.conftest import Database

WORDS = "no drugs at the dispensary, says Canaryname"


@pytest.fixture
def sender(app: Flask) -> str:
    return a_number()


def erased(sender: str) -> None:
    for text in ("DELETE", "1"):
        say(text, sender=sender)


def bodies() -> list[str]:
    return [message.body for message in messages_out() if message.purpose == "reply"]


def jobs_done(app: Flask, database: Database) -> None:
    """The real worker does what was put off, the last text first."""
    names = ("outbox.deliver", "gaps.forget_person", "followup.forget_person", "conversation.forget_number")
    for queue in ("outbox", "default"):
        mine = names[:1] if queue == "outbox" else names[1:]
        work_until(lambda mine=mine: not any(jobs_waiting(database, n) for n in mine), app, database, queue)


def dumped(database: Database) -> str:
    """All that stands in every table of people and reports, as text."""
    with psycopg.connect(database.owner_url) as connection:
        connection.execute("SELECT set_config('gapline.viewer', 'migration', false)")
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [name for (name,) in found if not name.startswith(("directory_", "procrastinate_"))]
        return "\n".join(str(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables)


def test_it_is_asked_about_first(sender: str) -> None:
    a_report(WORDS, sender=sender)
    say("DELETE", sender=sender)
    assert bodies() == [ARE_YOU_SURE]
    assert WORDS in [message.body for message in messages_in()]


@pytest.mark.parametrize("yes", ["1", "yes", "Ndiyo", "DELETE"])
def test_a_yes_takes_the_words_back_and_every_link(sender: str, yes: str) -> None:
    a_report(WORDS, sender=sender)
    say("please help us, nobody listens", sender=sender)
    for text in ("STATUS", "DELETE", yes):
        say(text, sender=sender)
    assert bodies() == [ARE_YOU_SURE, DELETED]
    assert {(message.body, message.contact_id) for message in messages_in()} == {(TOMBSTONE, None)}
    assert [(report.entry_point, report.contact_id) for report in reports()] == [("ke-health", None)]
    assert "words_taken_back" in [event.kind for event in events()]
    assert (rows(OpenQuestion), rows(Consent)) == ([], [])


@pytest.mark.parametrize("no", ["2", "no", "hapana"])
def test_a_no_deletes_nothing(sender: str, no: str) -> None:
    a_report(WORDS, sender=sender)
    for text in ("DELETE", no, "1"):
        say(text, sender=sender)
    assert (bodies(), reports()[0].contact_id is None) == ([ARE_YOU_SURE, NOT_DELETED], False)


def test_a_yes_after_a_day_is_about_something_else(sender: str) -> None:
    a_report(WORDS, sender=sender)
    say("DELETE", sender=sender)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Contact).values(asked_back_at=Contact.asked_back_at - timedelta(hours=25)))
    say("1", sender=sender)
    assert bodies() == [ARE_YOU_SURE]


def test_the_worker_sends_the_last_text_and_forgets_the_number(
    sender: str, app: Flask, database: Database, carrier: Carrier
) -> None:
    report = a_report(WORDS, sender=sender)
    with acting_as(WORKER):
        gather(report=str(report.id))
    (before,) = rows(Contact)
    erased(sender)
    jobs_done(app, database)
    assert carrier.bodies[-1] == DELETED
    (contact,), (gap,), (member,) = rows(Contact), rows(Gap), rows(Member)
    assert (contact.number_sealed, contact.number_index) == (b"", before.number_index)
    assert (gap.reports, gap.people, member.contact_id == contact.id) == (1, 1, False)
    assert {(message.body, message.report_id) for message in rows(OutgoingMessage)} == {("", None)}
    left = dumped(database)
    assert [word for word in ("Canaryname", report.reference + ":", sender[1:]) if word in left] == []


def test_a_stop_still_holds(sender: str, app: Flask, database: Database) -> None:
    a_report(WORDS, sender=sender)
    say("STOP", sender=sender)
    erased(sender)
    jobs_done(app, database)
    say("HELP", sender=sender)
    assert [contact.stopped for contact in rows(Contact)] == [["twilio-sms-ke"]]
    assert [message for message in messages_out() if message.body] == []


def test_who_writes_again_is_somebody_new(sender: str, app: Flask, database: Database, carrier: Carrier) -> None:
    a_report(WORDS, sender=sender)
    erased(sender)
    jobs_done(app, database)
    report = a_report("the borehole is broken", sender=sender)
    jobs_done(app, database)
    assert report.reference in "".join(carrier.bodies)
    assert [one.contact_id is None for one in reports()] == [True, False]


def test_who_wrote_again_before_the_jobs_ran_keeps_their_number(sender: str) -> None:
    erased(sender)
    a_report("the borehole is broken", sender=sender)
    (contact,) = rows(Contact)
    with acting_as(WORKER):
        forget_number(contact=str(contact.id))
    assert rows(Contact)[0].number_sealed != b""
    assert [m.purpose for m in messages_out() if m.body] == ["acknowledgment"]
