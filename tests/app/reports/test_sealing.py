"""The words of sensitive reports stand sealed in one table, from the moment they are filed until a lead says
otherwise; everything that quotes them is sealed with them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest
from flask import Flask
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import SAY_WHO, transaction, who
from app.intake.erasing import take_words_back
from app.intake.filing import file_report
from app.intake.incoming import Matter
from app.intake.receive import receive
from app.photos.keeping import keep
from app.photos.pictures import read_picture
from app.reports.locations import Location, keep_location
from app.reports.models import Answer, Event, IncomingMessage, Report
from app.reports.sealed import ReportReader, SealedReading, SealedText
from app.reports.sealing import opened, seal, seal_left, unseal
from app.reports.timeline import record
from app.upkeep import seal_what_is_left
from app.vault import CannotOpen
from app.viewer import INTAKE, WORKER, Viewer, acting_as
from tests.app.inbox.many import statements
from tests.app.reports import sealed_world as world
from tests.app.reports.sealed_world import seen_by, tables_with
from tests.builders.accounts import an_account
from tests.builders.photos import a_photo
from tests.builders.reports import BEATEN, a_number, a_report, a_sensitive_report, an_incoming, say
from tests.builders.stored import events, messages_in, rows
from tests.conftest import Database

CANARY = "sealcanary"
TOLD = f"{BEATEN}, {CANARY}"


def words_of(report: Report, viewer: Viewer = WORKER) -> list[str]:
    """All words of this report that this viewer opens."""
    with acting_as(viewer), transaction() as session:
        return sorted(opened(session, session.get_one(Report, report.id)).values())


def test_sensitive_words_stand_nowhere_but_sealed(app: Flask, database: Database) -> None:
    report = a_sensitive_report(TOLD)
    assert tables_with(database, CANARY) == set()
    assert [message.body for message in messages_in()] == [""]
    assert words_of(report) == [TOLD]


def test_other_words_stay_where_they_are(app: Flask, database: Database) -> None:
    a_report(f"no drugs at the dispensary {CANARY}")
    assert tables_with(database, CANARY) == {"incoming_message"}
    assert rows(SealedText) == []


def test_filing_what_is_sensitive_costs_one_statement_more(app: Flask) -> None:
    say("no drugs at the dispensary", "GH")
    with statements() as usual:
        say("cyanide in the river at Obuasi from the mine", "GH")
    with statements() as sealed:
        say(BEATEN, "GH")
    assert len(sealed) == len(usual) + 1


def test_what_was_asked_about_first_is_sealed_when_it_is_filed(app: Flask, database: Database) -> None:
    """The words wait for the answer to a question before anybody knows what they are about."""
    phone, texts = a_number("GH"), (f"they came at night {CANARY}", f"the soldiers {CANARY}")
    with acting_as(INTAKE), transaction() as session:
        first, second = (receive(session, an_incoming(text, "GH", phone)) for text in texts)
        assert first
        assert second
        said_in = (first.message_id, second.message_id)
        matter = Matter("GH", "mining", "en", "sms", said_in, "gh-mining/security-force-abuse", "other")
        report = file_report(session, first.sender, matter)
    assert tables_with(database, CANARY) == set()
    assert words_of(report) == sorted(texts)


def test_notes_reasons_answers_and_further_messages_are_sealed_too(app: Flask, database: Database) -> None:
    report = a_sensitive_report()
    with acting_as(world.LEAD), transaction() as session:
        mine = session.get_one(Report, report.id)
        record(session, mine, "note", text=f"{CANARY} called")
        record(session, mine, "status", old="new", new="closed", reason=f"because of {CANARY}")
        session.add(Answer(report=mine, report_id=mine.id, body=f"we help, {CANARY}", by="wacam: lead"))
    with acting_as(INTAKE), transaction() as session:
        session.add(a_message_about(report, f"more {CANARY}"))
    assert tables_with(database, CANARY) == set()
    assert sum(CANARY in words for words in words_of(report)) == 4


def a_message_about(report: Report, words: str) -> IncomingMessage:
    return IncomingMessage(
        channel="twilio-sms-gh", provider_message_id=uuid.uuid4().hex, report_id=report.id, body=words
    )


def test_a_message_that_is_linked_to_a_sealed_report_gives_its_words_up(app: Flask, database: Database) -> None:
    report, other = a_sensitive_report(), a_report(f"cyanide in the river at Obuasi {CANARY}", "GH")
    with acting_as(INTAKE), transaction() as session:
        message = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id == other.id)).one()
        message.report_id = report.id
    assert tables_with(database, CANARY) == set()


def test_sealing_what_was_open_and_opening_it_again_loses_no_word(app: Flask, database: Database) -> None:
    report = a_report(f"cyanide in the river at Obuasi {CANARY}", "GH")
    with acting_as(world.LEAD), transaction() as session:
        record(session, session.get_one(Report, report.id), "note", text=f"{CANARY} called", form="1")
    before = [(line.kind, line.detail) for line in events()], [one.body for one in messages_in()]
    for act in (seal, unseal):
        with acting_as(world.LEAD), transaction() as session:
            act(session, session.get_one(Report, report.id))
        if act is seal:
            assert tables_with(database, CANARY) == set()
    assert ([(line.kind, line.detail) for line in events()], [one.body for one in messages_in()]) == before
    assert rows(SealedText) == []


def test_somebody_who_may_not_read_can_seal(app: Flask, database: Database) -> None:
    report = a_report(f"cyanide in the river at Obuasi {CANARY}", "GH")
    with acting_as(world.MEMBER), transaction() as session:
        seal(session, session.get_one(Report, report.id))
    assert tables_with(database, CANARY) == set()
    assert (words_of(report, world.MEMBER), len(words_of(report, world.LEAD))) == ([], 1)


def test_only_its_leads_and_the_named_open_the_words(app: Flask) -> None:
    report, named = a_sensitive_report(), an_account("partner_member", "wacam")
    name(report, named.id)
    as_named = Viewer("partner_member", named.id, "N", "wacam", frozenset({"gh-mining"}))
    left_the_entry_point = Viewer("partner_member", named.id, "N", "wacam", frozenset())
    allowed = (world.LEAD, as_named, WORKER, INTAKE)
    refused = (world.MEMBER, world.SUPPORTING, world.DESK, world.COMMAND)
    assert {viewer: words_of(report, viewer) for viewer in allowed} == {viewer: [BEATEN] for viewer in allowed}
    for viewer in refused:
        with acting_as(viewer), transaction() as session:
            assert session.scalars(select(SealedText)).all() == [], viewer
    with acting_as(left_the_entry_point), transaction() as session:
        assert session.scalars(select(SealedText)).all() == []


def test_raw_sql_opens_no_more(app: Flask, database: Database) -> None:
    report, named = a_sensitive_report(), an_account("partner_member", "wacam")
    as_named = Viewer("partner_member", named.id, "N", "wacam", frozenset({"gh-mining"}))
    assert seen_by(database, as_named, "sealed_text") == 0
    name(report, named.id)
    viewers = (world.LEAD, as_named, world.MEMBER, world.SUPPORTING, world.ELSEWHERE, world.DESK, world.COMMAND)
    assert [seen_by(database, viewer, "sealed_text") for viewer in viewers] == [1, 1, 0, 0, 0, 0, 0]
    assert [seen_by(database, viewer, "incoming_message") for viewer in viewers[:4]] == [1, 1, 1, 1]


def test_a_desk_opens_what_it_has_and_not_what_it_sees_flagged(app: Flask, database: Database) -> None:
    flagged = a_sensitive_report(flags=["escalated"])
    unrouted = a_report("cyanide in the river at Obuasi", "GH", entry_point=None, partner="gh-desk")
    with acting_as(WORKER), transaction() as session:
        seal(session, session.get_one(Report, unrouted.id))
    assert words_of(unrouted, world.DESK) == ["cyanide in the river at Obuasi"]
    with acting_as(world.DESK), transaction() as session:
        assert session.get(Report, flagged.id)
        assert {one.report_id for one in session.scalars(select(SealedText))} == {unrouted.id}
    assert seen_by(database, world.DESK, "sealed_text") == 1


def test_nobody_but_a_lead_names_readers_not_even_by_raw_sql(app: Flask, database: Database) -> None:
    report, somebody = a_sensitive_report(), an_account("partner_member", "wacam")
    insert = "INSERT INTO report_reader (report_id, account_id, by) VALUES (%s, %s, 'x')"
    for viewer in (world.MEMBER, world.SUPPORTING, world.ELSEWHERE, world.DESK):
        with pytest.raises(InsufficientPrivilege), as_sql(database, viewer) as connection:
            connection.execute(insert, (report.id, somebody.id))
    with as_sql(database, world.LEAD) as connection:
        assert connection.execute(insert, (report.id, somebody.id)).rowcount == 1


def as_sql(database: Database, viewer: Viewer) -> psycopg.Connection:
    connection = psycopg.connect(database.app_url)
    connection.execute(SAY_WHO, who(viewer))
    return connection


def name(report: Report, account: int) -> None:
    with acting_as(world.LEAD), transaction() as session:
        session.add(ReportReader(report=session.get_one(Report, report.id), account_id=account, by="wacam: lead"))


def test_each_reading_by_a_person_is_noted_and_that_of_a_job_is_not(app: Flask) -> None:
    report, lead = a_sensitive_report(), an_account("partner_lead", "wacam")
    words_of(report)
    assert rows(SealedReading) == []
    words_of(report, Viewer("partner_lead", lead.id, "Ama", "wacam", frozenset({"gh-mining"})))
    assert [(one.report_id, one.by, one.what) for one in rows(SealedReading)] == [
        (report.id, "wacam: Ama", "words")
    ]


def test_a_sealed_text_does_not_open_in_anothers_place(app: Flask) -> None:
    first, second = a_sensitive_report(), a_sensitive_report(f"{BEATEN} again")
    with acting_as(WORKER), transaction() as session:
        kept = {text.report_id: text for text in session.scalars(select(SealedText))}
        kept[second.id].sealed = kept[first.id].sealed
    with pytest.raises(CannotOpen):
        words_of(second)


def test_taking_words_back_takes_the_sealed_ones(app: Flask, database: Database) -> None:
    report = a_sensitive_report(TOLD)
    with acting_as(INTAKE), transaction() as session:
        take_words_back(session, session.get_one(Report, report.id))
    assert words_of(report) == ["[The person took these words back.]"]


def test_reports_from_before_are_sealed_by_a_job_which_goes_on_where_it_was_stopped(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an upgrade leaves them: the words in the open, of more reports than are sealed at once."""
    old = [a_report(f"cyanide in the river at Obuasi {CANARY}", "GH") for _ in range(3)]
    with acting_as(WORKER), transaction() as session:
        for report in old:
            session.get_one(Report, report.id).problem_type = "gh-mining/security-force-abuse"
    assert tables_with(database, CANARY) == {"incoming_message"}
    monkeypatch.setattr("app.upkeep.SEALED_AT_ONCE", 2)
    seals = iter([2])
    monkeypatch.setattr("app.upkeep.seal_left", stopped_after(seals))
    with pytest.raises(StopIteration):
        run_upkeep()
    assert sum(bool(one.sealed) for one in rows(Report)) == 2
    monkeypatch.undo()
    run_upkeep()
    assert tables_with(database, CANARY) == set()
    assert all(one.sealed for one in rows(Report))


def stopped_after(times: Iterator[int]) -> Callable[[Session, int], Sequence[Report]]:
    """Sealing, in a worker that is stopped when these are used up."""

    def some(session: Session, most: int) -> Sequence[Report]:
        next(times)
        return seal_left(session, most)

    return some


def run_upkeep() -> None:
    with acting_as(WORKER):
        seal_what_is_left(timestamp=0)


def test_what_a_lead_has_opened_again_is_left_open(app: Flask, database: Database) -> None:
    report = a_sensitive_report(TOLD)
    with acting_as(world.LEAD), transaction() as session:
        unseal(session, session.get_one(Report, report.id))
    run_upkeep()
    assert tables_with(database, CANARY) == {"incoming_message"}
    assert [one.sealed for one in rows(Report)] == [False]


def test_photos_and_places_are_for_readers_too(app: Flask, database: Database) -> None:
    report = a_sensitive_report()
    with acting_as(INTAKE), transaction() as session:
        (message,) = session.scalars(select(IncomingMessage)).all()
        keep(session, message.id, [read_picture(a_photo())])
        keep_location(session, session.get_one(Report, report.id), Location(6.2, -1.66, is_exact=False))
    for table in ("photo", "report_location"):
        assert [seen_by(database, v, table) for v in (world.LEAD, world.MEMBER, world.SUPPORTING)] == [1, 0, 0], (
            table
        )


def test_an_event_keeps_what_is_ours_in_the_open(app: Flask) -> None:
    report, ours = a_sensitive_report(), {"old": "new", "new": "closed", "form": "7"}
    with acting_as(world.LEAD), transaction() as session:
        record(session, session.get_one(Report, report.id), "status", **ours, reason="no")
    (line,) = (one for one in rows(Event) if one.kind == "status")
    assert {name: line.detail.get(name) for name in (*ours, "reason")} == ours | {"reason": None}
