"""LANGUAGE, HOW, MY DATA and CALL ME."""

from __future__ import annotations

import pytest
from flask import Flask

from app.conversation.money import MONEY
from app.directory.load import DATA
from app.directory.reading import read_directory
from app.reports.models import Contact, Report
from app.understanding.meaning import understand
from sms.encoding import Encoding
from sms.segments import count
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, messages_out, reports, rows

CALL_ME = "call me back please"


@pytest.fixture
def sender(app: Flask) -> str:
    return a_number()


def replies() -> list[str]:
    return [message.body for message in messages_out() if message.purpose == "reply"]


def language() -> str | None:
    (contact,) = rows(Contact)
    return contact.language


@pytest.mark.parametrize("text", ["LANGUAGE sw", "KISWAHILI", "kiswahili tafadhali", "lugha sw", "swahili please"])
def test_a_language_that_is_named_is_spoken_from_now_on(sender: str, text: str) -> None:
    say(text, sender=sender)
    assert (language(), replies()) == ("sw", ["Lugha: Kiswahili"])
    say("HELP", sender=sender)
    assert messages_out()[-1].language == "sw"


@pytest.mark.parametrize("answer", ["2", "Kiswahili", "swahili"])
def test_a_language_that_is_not_named_is_asked_for(sender: str, answer: str) -> None:
    say("LANGUAGE", sender=sender)
    say(answer, sender=sender)
    assert replies() == ["Choose your language: 1 English 2 Kiswahili", "Lugha: Kiswahili"]
    assert (language(), reports()) == ("sw", [])


def test_a_report_instead_of_an_answer_is_a_report_and_no_later_number_is_the_answer(sender: str) -> None:
    say("LANGUAGE", sender=sender)
    say("no drugs at the dispensary", sender=sender)
    say("2", sender=sender)
    assert (len(reports()), language()) == (1, None)


def test_what_was_asked_last_is_answered_first(sender: str) -> None:
    for text in ("LANGUAGE", "please help us, nobody listens", "2", "LANGUAGE", "2"):
        say(text, sender=sender)
    assert [report.entry_point for report in reports()] == ["ke-water-sanitation"]
    assert language() == "sw"


def test_how_asks_which_service_and_explains_it(sender: str) -> None:
    a_report(sender=sender)
    say("HOW", sender=sender)
    say("2", sender=sender)
    assert replies() == [
        "What is it about? Reply with one number: 1 Health 2 Water, toilets",
        *MONEY["ke-water-sanitation"],
    ]
    assert len(reports()) == 1


def test_how_needs_no_question_where_there_is_one_service(app: Flask) -> None:
    say("how", country="ZA")
    assert replies() == list(MONEY["za-water-sanitation"])


def test_every_entry_point_is_explained_in_texts_of_one_segment() -> None:
    assert MONEY.keys() == {entry.slug for entry in read_directory(DATA).entry_points}
    counted = [count(text) for texts in MONEY.values() for text in texts]
    assert {(one.parts, one.encoding) for one in counted} == {(1, Encoding.GSM7)}


def test_my_data_tells_counts_and_references_and_no_words(sender: str) -> None:
    first, second = a_report(sender=sender), a_report("the borehole is broken", sender=sender)
    say("MY DATA", sender=sender)
    assert replies() == [
        "Kept about this number: reports 2, texts from you 3, language English, may be asked later: no."
        " To delete all of it: DELETE",
        f"My reports: {second.reference} {first.reference}",
    ]


def test_my_data_tells_whether_they_agreed_to_be_asked(sender: str) -> None:
    a_report(sender=sender)
    for text in ("STATUS", "1", "my data"):
        say(text, sender=sender)
    assert any("may be asked later: yes" in text for text in replies())


def test_many_reports_still_fit_two_texts(sender: str) -> None:
    for _ in range(12):
        a_report(sender=sender)
    say("MY DATA", sender=sender)
    assert [count(body).parts for body in replies()] == [1, 1]


def test_nobody_is_told_of_another_number(sender: str) -> None:
    a_report()
    say("MY DATA", sender=sender)
    assert len(replies()) == 1
    assert "reports 0, texts from you 1" in replies()[0]


def test_a_call_is_asked_for_on_the_newest_open_report(sender: str) -> None:
    a_report(sender=sender)
    newest = a_report("the borehole is broken", sender=sender)
    for text in (CALL_ME, "CALL ME"):
        say(text, sender=sender)
    assert [report.flags for report in reports()] == [[], ["call_back"]]
    assert [(e.kind, e.report_id) for e in events() if e.kind == "call_asked"] == [("call_asked", newest.id)]
    assert any(text.startswith(f"{newest.reference}: you ask to be called.") for text in replies())


@pytest.mark.parametrize("said", ["2", "Afternoon", "afternoon."])
def test_who_says_when_is_called_then(sender: str, said: str) -> None:
    report = a_report(sender=sender)
    say(CALL_ME, sender=sender)
    assert "When shall we call you? 1 Morning 2 Afternoon 3 Evening" in replies()
    say(said, sender=sender)
    assert [event.detail for event in events() if event.kind == "call_time"] == [
        {"when": "afternoon", "language": "en"}
    ]
    assert replies()[-1] == f"{report.reference}: you ask to be called."


def test_who_never_chose_a_language_is_called_in_that_of_their_report(sender: str) -> None:
    a_report("zahanati haina dawa Busia", sender=sender)
    for text in (CALL_ME, "1"):
        say(text, sender=sender)
    assert events()[-1].detail == {"when": "morning", "language": "sw"}


def test_what_is_said_instead_of_a_time_is_taken_for_what_it_is(sender: str) -> None:
    a_report(sender=sender)
    say(CALL_ME, sender=sender)
    say("the borehole is broken in Busia", sender=sender)
    assert [event.kind for event in events()].count("call_time") == 0
    assert len(reports()) == 2


def test_who_has_no_open_report_is_called_by_the_desk(sender: str) -> None:
    a_report(sender=sender, status="closed")
    say(CALL_ME, sender=sender)
    newest = reports()[-1]
    assert (newest.partner, newest.entry_point, newest.flags) == ("ke-desk", None, ["call_back"])
    assert [message.report_id for message in messages_out()].count(newest.id) == 1


def test_who_sent_stop_is_obeyed_and_not_answered(sender: str) -> None:
    for text in ("STOP", "MY DATA", "LANGUAGE sw", CALL_ME):
        say(text, sender=sender)
    assert replies() == []
    assert (language(), len(rows(Report))) == ("sw", 1)


@pytest.mark.parametrize("country", ["GH", "ID", "IN", "KE", "NG", "SN", "ZA"])
def test_what_people_are_told_to_type_is_an_order_in_every_country(country: str) -> None:
    for typed in ("HOW", "LANGUAGE", "CALL ME", "MY DATA", "DELETE", "STATUS", "READ", "STOP", "START", "HELP"):
        meaning = understand(typed, country, read_directory(DATA))
        assert meaning.command == {"CALL ME": "call_me", "MY DATA": "my_data", "DELETE": "erase"}.get(
            typed, typed.lower()
        )
