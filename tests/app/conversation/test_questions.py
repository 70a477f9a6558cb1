"""What is not clear is asked, at most twice, and nothing said is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.reports.models import OpenQuestion
from tests.builders.reports import a_number, say
from tests.builders.stored import messages_in, messages_out, reports, rows

UNCLEAR = "please help us, nobody listens"


@pytest.fixture(autouse=True)
def _in(app: Flask) -> None:
    assert app


def test_an_unclear_message_is_answered_with_one_numbered_question() -> None:
    say(UNCLEAR)
    (question,) = messages_out()
    assert question.purpose == "question"
    assert "1 Health 2 Water, toilets 3 Something else" in question.body
    assert UNCLEAR not in question.body
    assert reports() == []


@pytest.mark.parametrize("answer", ["2", " 2.", "2)", "२", "no 2"])
def test_a_numbered_answer_completes_the_report(answer: str) -> None:
    sender = a_number()
    say(UNCLEAR, sender=sender)
    say(answer, sender=sender)
    (report,) = reports()
    assert (report.entry_point, report.partner) == ("ke-water-sanitation", "cedgg")
    assert [message.report_id for message in messages_in()] == [report.id] * 2
    assert [message.purpose for message in messages_out()] == ["question", "acknowledgment"]
    assert rows(OpenQuestion) == []


def test_an_answer_in_words_completes_the_report() -> None:
    sender = a_number()
    say(UNCLEAR, sender=sender)
    say("the borehole is broken", sender=sender)
    (report,) = reports()
    assert (report.entry_point, report.problem_type) == (
        "ke-water-sanitation",
        "ke-water-sanitation/borehole-or-pump-broken",
    )


def test_an_area_named_before_the_question_is_not_forgotten() -> None:
    sender = a_number()
    say("Baringo people suffer", sender=sender)
    say("2", sender=sender)
    assert [report.area for report in reports()] == ["KE-01"]


def test_something_else_goes_to_the_countrys_desk() -> None:
    sender = a_number()
    say(UNCLEAR, sender=sender)
    say("3", sender=sender)
    assert [(r.entry_point, r.partner, r.sector) for r in reports()] == [(None, "ke-desk", "other")]


def test_after_two_questions_it_is_filed_for_a_person_to_complete() -> None:
    sender = a_number()
    for text in (UNCLEAR, "9", "hmm"):
        say(text, sender=sender)
    (report,) = reports()
    assert (report.partner, report.flags) == ("ke-desk", ["incomplete"])
    assert [message.purpose for message in messages_out()] == ["question", "question", "acknowledgment"]
    assert {message.report_id for message in messages_in()} == {report.id}


def test_questions_of_two_people_do_not_mix() -> None:
    asha, brian = a_number(), a_number()
    say(UNCLEAR, sender=asha)
    say(UNCLEAR, sender=brian)
    say("1", sender=brian)
    say("2", sender=asha)
    assert sorted(report.entry_point or "" for report in reports()) == ["ke-health", "ke-water-sanitation"]


def test_an_unclear_message_of_somebody_who_cannot_be_asked_goes_to_the_desk() -> None:
    say(UNCLEAR, sender="MTN")
    assert [(report.partner, report.flags) for report in reports()] == [("ke-desk", ["incomplete"])]
    assert messages_out() == []


def test_the_question_is_put_in_the_language_of_the_country() -> None:
    say("aidez-nous svp", country="SN")
    assert [message.language for message in messages_out()] == ["fr"]


def test_a_helper_reports_for_others_and_can_ask_about_each(app: Flask) -> None:
    """Neighbours share a phone, and somebody who reads writes for those who do not: a number is no person."""
    helper = a_number()
    for words in ("my neighbour got no drugs at the dispensary", "the old woman's borehole is broken"):
        say(words, sender=helper)
    first, second = reports()
    assert (first.entry_point, second.entry_point) == ("ke-health", "ke-water-sanitation")
    for report in (first, second):
        say(f"STATUS {report.reference}", sender=helper)
        assert any(m.purpose == "state" and report.reference in m.body for m in messages_out())
