"""May we text you later? Asked once, in an open conversation, and revocable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.conversation.consent import (
    MAY_WE_ASK,
    MAY_WE_PUBLISH,
    MAY_WE_SHOW,
    MAY_WE_TEXT_ANSWERS,
    NOT_AGREED_EITHER,
)
from app.database import transaction
from app.reports import consents
from app.reports.consents import Consent, who_agreed
from app.reports.models import Contact, Event, Report
from app.viewer import WORKER, acting_as
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import messages_out, reports, rows


def acts_noted() -> list[tuple[str, str]]:
    return [(row.purpose, row.act) for row in rows(Consent, Consent.id)]


def agreed() -> bool:
    (contact,) = rows(Contact)
    with acting_as(WORKER), transaction() as session:
        return bool(who_agreed(session, [contact.id], "contact_again"))


def asked() -> str:
    """Somebody who has just asked where their report stands, and so was asked in turn."""
    sender = a_number()
    a_report(sender=sender)
    say("STATUS", sender=sender)
    return sender


def bodies() -> list[str]:
    return [message.body for message in messages_out()]


def test_filing_a_report_asks_for_nothing(app: Flask) -> None:
    a_report()
    assert acts_noted() == []
    assert len(bodies()) == 1


def test_who_asks_where_their_report_stands_is_asked_in_turn_once(app: Flask) -> None:
    sender = asked()
    say("STATUS", sender=sender)
    assert bodies().count(MAY_WE_ASK) == 1
    assert acts_noted() == [("contact_again", "asked")]
    assert not agreed()


@pytest.mark.parametrize("order", ["STATUS", "READ", "HELP"])
def test_who_has_reported_nothing_is_not_asked(app: Flask, order: str) -> None:
    say(order)
    assert acts_noted() == []


@pytest.mark.parametrize(("said", "act"), [("1", "given"), ("Ndiyo", "given"), ("2", "refused"), ("No", "refused")])
def test_the_answer_is_noted_and_acknowledged_and_files_no_report(app: Flask, said: str, act: str) -> None:
    sender = asked()
    say(said, sender=sender)
    assert acts_noted()[-1] == ("contact_again", act)
    assert agreed() is (act == "given")
    assert len(reports()) == 1
    assert messages_out()[-1].purpose == "fixed"


def test_it_can_be_taken_back_in_words_at_any_time(app: Flask) -> None:
    sender = asked()
    say("1", sender=sender)
    say("hapana", sender=sender)
    assert acts_noted()[-1] == ("contact_again", "withdrawn")
    assert not agreed()
    say("1", sender=sender)
    assert not agreed()


def test_a_yes_that_nobody_asked_for_is_no_consent(app: Flask) -> None:
    sender = a_number()
    a_report(sender=sender)
    say("yes", sender=sender)
    assert acts_noted() == []


def test_a_yes_that_comes_after_a_week_is_about_something_else(app: Flask) -> None:
    sender = asked()
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Consent).values(at=Consent.at - timedelta(days=8)))
    say("1", sender=sender)
    assert acts_noted() == [("contact_again", "asked")]


def test_a_matter_that_was_begun_after_the_question_is_answered_first(app: Flask) -> None:
    sender = asked()
    say("please help us, nobody listens", sender=sender)
    say("1", sender=sender)
    assert len(reports()) == 2
    assert not agreed()


def test_new_words_need_a_new_consent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = asked()
    say("1", sender=sender)
    monkeypatch.setitem(consents.VERSIONS, "contact_again", 2)
    assert not agreed()
    say("STATUS", sender=sender)
    assert [(row.version, row.act) for row in rows(Consent, Consent.id)][-1] == (2, "asked")


def test_each_use_is_asked_about_by_itself_one_at_a_time(app: Flask) -> None:
    sender = asked()
    say("1", sender=sender)
    for question, answer in ((MAY_WE_TEXT_ANSWERS, "2"), (MAY_WE_SHOW, "1"), (MAY_WE_PUBLISH, "2")):
        say("STATUS", sender=sender)
        assert bodies()[-1] == question
        say(answer, sender=sender)
    say("STATUS", sender=sender)
    assert [act for act in acts_noted() if act[1] != "asked"] == [
        ("contact_again", "given"),
        ("answers_as_text", "refused"),
        ("share_words", "given"),
        ("publish", "refused"),
    ]
    assert [act for _, act in acts_noted()].count("asked") == 4
    told = [event.detail for event in rows(Event, Event.id) if event.kind == "consent"]
    assert told == [{"purpose": "share_words", "act": "given"}, {"purpose": "publish", "act": "refused"}]


def test_no_takes_back_everything_that_was_given(app: Flask) -> None:
    sender = asked()
    say("1", sender=sender)
    say("STATUS", sender=sender)
    say("1", sender=sender)
    say("NO", sender=sender)
    assert acts_noted()[-2:] == [("answers_as_text", "withdrawn"), ("contact_again", "withdrawn")]
    assert bodies()[-1] == NOT_AGREED_EITHER


def test_one_purpose_says_nothing_about_another(app: Flask) -> None:
    sender = asked()
    say("1", sender=sender)
    (contact,) = rows(Contact)
    with acting_as(WORKER), transaction() as session:
        assert who_agreed(session, [contact.id], "publish") == frozenset()


def test_who_sent_stop_is_not_asked(app: Flask) -> None:
    sender = a_number()
    a_report(sender=sender)
    say("STOP", sender=sender)
    say("STATUS", sender=sender)
    assert acts_noted() == []


def told_of(report: Report) -> list[dict[str, str]]:
    """What those who follow up this report read of its person's consents."""
    return [one.detail for one in rows(Event, Event.id) if one.kind == "consent" and one.report_id == report.id]


def all_agreed() -> str:
    """Somebody who was asked everything, and said yes to all of it."""
    sender = asked()
    for _ in range(3):
        say("1", sender=sender)
        say("STATUS", sender=sender)
    say("1", sender=sender)
    return sender


@pytest.mark.parametrize("said", ["NO 3", "no 3.", "hapana 3"])
def test_no_and_a_number_takes_back_that_one_alone(app: Flask, said: str) -> None:
    sender = all_agreed()
    assert "Thank you. To take this back, reply NO 3. To take back all: NO" in bodies()
    before = len(acts_noted())
    say(said, sender=sender)
    say(said, sender=sender)
    assert acts_noted()[before:] == [("share_words", "withdrawn")]
    assert agreed()


def test_what_may_be_done_with_words_is_said_of_the_reports_there_are_and_asked_again_for_a_later_one(
    app: Flask,
) -> None:
    sender = all_agreed()
    later = a_report("the borehole is broken", sender=sender)
    assert told_of(later) == []
    say("STATUS", sender=sender)
    assert bodies()[-1] == MAY_WE_SHOW
    say("2", sender=sender)
    assert told_of(later) == [{"purpose": "share_words", "act": "refused"}]
    assert agreed()


def test_who_reports_for_somebody_else_is_not_asked_about_their_words(app: Flask) -> None:
    sender = a_number()
    a_report("no drugs at the dispensary, I write for my neighbour", sender=sender)
    for text in ("STATUS", "1", "STATUS", "1", "STATUS"):
        say(text, sender=sender)
    assert not {MAY_WE_SHOW, MAY_WE_PUBLISH} & set(bodies())
