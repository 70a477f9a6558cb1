"""A place that may be more than one is asked about, and nothing else that was understood is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.reports.models import OpenQuestion
from tests.builders.reports import a_number, say
from tests.builders.stored import messages_in, messages_out, reports, rows

TWO_PLACES = "no drugs in Busia and Baringo"
FIVE_PLACES = "no drugs in Busia, Baringo, Kilifi, Kitui and Garissa"


@pytest.fixture
def sender(app: Flask) -> str:
    return a_number()


def test_the_areas_that_may_be_meant_are_offered(sender: str) -> None:
    say(TWO_PLACES, sender=sender)
    assert [m.body for m in messages_out()] == [
        "Where is it? Reply with one number: 1 Baringo 2 Busia 3 Another place"
    ]
    assert reports() == []


@pytest.mark.parametrize(
    ("answer", "area"),
    [("2", "KE-04"), ("3", None), ("Busia", "KE-04"), ("Kitui county", "KE-18"), ("Kitwi", "KE-18")],
)
def test_a_number_or_a_name_completes_the_report(sender: str, answer: str, area: str | None) -> None:
    say(TWO_PLACES, sender=sender)
    say(answer, sender=sender)
    (report,) = reports()
    assert (report.entry_point, report.problem_type, report.gap_kind) == (
        "ke-health",
        "ke-health/no-drugs",
        "absent",
    )
    assert report.area == area
    assert [message.report_id for message in messages_in()] == [report.id] * 2
    assert rows(OpenQuestion) == []


def test_where_too_many_are_meant_the_name_is_asked_for(sender: str) -> None:
    say(FIVE_PLACES, sender=sender)
    say("Kilifi", sender=sender)
    assert messages_out()[0].body == "Where is it? Type the name of your county"
    assert [report.area for report in reports()] == ["KE-14"]


def test_after_two_questions_it_is_filed_without_its_place(sender: str) -> None:
    for text in (TWO_PLACES, "hmm", "I told you"):
        say(text, sender=sender)
    assert [(report.entry_point, report.area, report.flags) for report in reports()] == [("ke-health", None, [])]
    assert [message.purpose for message in messages_out()] == ["question", "question", "acknowledgment"]


def test_another_matter_meanwhile_is_a_report_of_its_own(sender: str) -> None:
    say(TWO_PLACES, sender=sender)
    say("the borehole is broken", sender=sender)
    assert sorted(report.entry_point or "" for report in reports()) == ["ke-health", "ke-water-sanitation"]


def test_an_answer_in_words_may_need_the_second_question(sender: str) -> None:
    for text in ("please help us, nobody listens", TWO_PLACES, "1"):
        say(text, sender=sender)
    assert [(report.entry_point, report.area) for report in reports()] == [("ke-health", "KE-01")]
    assert [message.purpose for message in messages_out()] == ["question", "question", "acknowledgment"]


def test_who_cannot_be_asked_is_not(app: Flask) -> None:
    say(TWO_PLACES, sender="MTN")
    assert [(report.entry_point, report.area) for report in reports()] == [("ke-health", None)]
