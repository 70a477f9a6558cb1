"""Was it solved? Only people's own word verifies a case."""

from __future__ import annotations

import pytest
from flask import Flask

from app.reports.models import Contact
from tests.app.outbox.working import jobs_waiting
from tests.builders.cases import (
    a_case,
    add_action,
    agree,
    answer,
    ask_now,
    being_verified,
    case_events,
    change,
    hear_now,
    move,
    people,
    questions,
    stored,
    take_up_again,
)
from tests.builders.gaps import DRY, a_gap, gather_now
from tests.builders.messages import Carrier, deliver_now
from tests.builders.reports import a_number, a_report, say
from tests.builders.stored import events, messages_in, messages_out, reports, rows
from tests.conftest import Database


def sent(purpose: str) -> list[str]:
    return [message.body for message in messages_out() if message.purpose == purpose]


def statuses() -> list[str]:
    return sorted(report.status for report in reports())


def test_moving_to_asking_queues_the_job_that_asks(app: Flask, database: Database) -> None:
    case = a_case(state="fixed_claimed")
    assert jobs_waiting(database, "followup.ask") == 0
    move(case, "verifying")
    assert jobs_waiting(database, "followup.ask") == 1


def test_those_who_agreed_are_asked_and_the_others_are_told(app: Flask) -> None:
    yes, also, no = people()
    being_verified((yes, also, no), agreed=(yes, also))
    asked = {question.report_id for question in questions()}
    assert len(asked) == 2
    for report in reports():
        mine = [m.body for m in messages_out() if m.report_id == report.id][-1]
        if report.id in asked:
            assert mine == (
                f"{report.reference}: was it solved? Reply 1 yes, 2 no, 3 partly. For no more messages: STOP"
            )
        else:
            assert mine == f"{report.reference}: said to be solved. For no more messages: STOP"
    assert statuses() == ["resolved"] * 3


def test_the_question_names_no_subject_and_no_partner(app: Flask) -> None:
    being_verified(people(1))
    (question,) = sent("was_it_solved")
    assert not {"water", "borehole", "afesis", "eastern", "budget"} & set(question.lower().split())


def test_asking_twice_asks_nobody_twice(app: Flask) -> None:
    case = being_verified(people(2))
    ask_now(case)
    assert len(sent("was_it_solved")) == 2
    assert [kind for kind, _ in case_events(case)].count("asked") == 1


def test_a_person_with_two_reports_is_asked_once_and_answers_for_both(app: Flask) -> None:
    (sender,) = people(1)
    gap = a_gap(senders=(sender, sender, *people(1)))
    case = a_case(gap, state="fixed_claimed")
    agree(sender)
    move(case, "verifying")
    (question,) = ask_now(case)
    assert len(question.about) == 2
    answer(sender, "1")
    assert statuses() == ["confirmed", "confirmed", "resolved"]


def test_the_question_goes_out_on_the_channel_that_was_used(app: Flask, carrier: Carrier) -> None:
    sender = a_number("ZA")
    say(DRY, "ZA", sender=sender, channel="at-sms-za")
    report = reports()[0]
    gather_now(report)
    case = a_case(a_gap(people=1), state="fixed_claimed")
    agree(sender)
    move(case, "verifying")
    ask_now(case)
    (message,) = [m for m in messages_out() if m.purpose == "was_it_solved"]
    assert message.channel == "at-sms-za"
    deliver_now(message)
    assert (carrier.sent[-1].to, carrier.sent[-1].sender) == (sender, "45512")


def test_somebody_who_took_it_back_is_not_asked(app: Flask) -> None:
    sender = a_number("ZA")
    gap = a_gap(senders=(sender,))
    agree(sender)
    say("NO", "ZA", sender=sender)
    case = a_case(gap, state="fixed_claimed")
    move(case, "verifying")
    assert ask_now(case) == []


def test_a_report_that_came_in_after_the_case_was_taken_up_is_left_to_the_partner(app: Flask) -> None:
    case = a_case(a_gap(people=1), state="fixed_claimed")
    later = a_report(DRY, "ZA")
    gather_now(later)
    move(case, "verifying")
    ask_now(case)
    assert {report.id: report.status for report in reports()}[later.id] == "new"


@pytest.mark.parametrize(("said", "status"), [("1", "confirmed"), ("No", "reopened"), ("3", "reopened")])
def test_an_answer_settles_the_report_and_is_acknowledged(app: Flask, said: str, status: str) -> None:
    (sender,) = people(1)
    being_verified((sender,))
    answer(sender, said)
    (report,) = reports()
    assert report.status == status
    assert messages_out()[-1].purpose == "update"
    changes = [e.detail for e in events() if e.kind == "status"]
    assert (changes[-1]["old"], changes[-1]["new"]) == ("resolved", status)
    assert questions()[0].closed_at is not None


def test_two_confirmations_verify_the_case_by_themselves(app: Flask) -> None:
    one, two, three = people()
    case = being_verified((one, two, three))
    answer(one, "1")
    assert stored(case.id).state == "verifying"
    answer(two, "Yebo")
    assert stored(case.id).state == "verified"
    kind, detail = case_events(case)[-1]
    assert (kind, detail["new"], detail["yes"]) == ("state", "verified", 2)


def test_one_person_alone_verifies_nothing_however_often_they_say_yes(app: Flask) -> None:
    one, two = people(2)
    case = being_verified((one, two))
    for _ in range(3):
        answer(one, "1")
    assert stored(case.id).state == "verifying"
    assert [q.answer for q in questions() if q.answer] == ["yes"]


def test_people_who_say_no_keep_the_case_from_being_verified(app: Flask) -> None:
    senders = people(4)
    case = being_verified(senders)
    for sender, text in zip(senders, ("2", "3", "1", "1"), strict=True):
        answer(sender, text)
    assert stored(case.id).state == "verifying"
    assert move(case, "reopened", "Two of four say no.").state == "reopened"


def test_an_answer_is_written_down_once_and_without_the_person(app: Flask) -> None:
    (sender,) = people(1)
    case = being_verified((sender,))
    answer(sender, "2")
    hear_now()
    heard = [detail for kind, detail in case_events(case) if kind == "heard"]
    assert [detail["answer"] for detail in heard] == ["no"]
    (contact,) = rows(Contact)
    assert str(contact.id) not in str(case_events(case))
    assert sender not in str(case_events(case))


def test_words_that_are_no_answer_are_a_report_as_ever(app: Flask) -> None:
    (sender,) = people(1)
    being_verified((sender,))
    say("the toilets are broken in Motherwell", "ZA", sender=sender)
    assert len(reports()) == 2
    assert questions()[0].answer is None


def test_somebody_else_who_texts_a_number_answers_nothing(app: Flask) -> None:
    being_verified(people(1))
    answer(a_number("ZA"), "1")
    assert questions()[0].answer is None
    assert len(reports()) == 1


def test_a_number_answers_what_was_asked_last(app: Flask) -> None:
    """The person began another matter after we had asked: 1 chooses what that is about."""
    (sender,) = people(1)
    being_verified((sender,))
    say("please help us, nobody listens", "ZA", sender=sender)
    say("1", "ZA", sender=sender)
    assert questions()[0].answer is None
    assert len(reports()) == 2
    say("1", "ZA", sender=sender)
    assert questions()[0].answer == "yes"


def test_a_question_that_came_last_is_answered_before_an_older_one(app: Flask) -> None:
    (sender,) = people(1)
    case = a_case(a_gap(senders=(sender,)), state="fixed_claimed")
    agree(sender)
    say("please help us, nobody listens", "ZA", sender=sender)
    move(case, "verifying")
    ask_now(case)
    say("1", "ZA", sender=sender)
    assert questions()[0].answer == "yes"
    assert len(reports()) == 1


def test_a_new_round_asks_anew_and_the_old_question_waits_no_more(app: Flask) -> None:
    (sender,) = people(1)
    case = being_verified((sender,))
    move(case, "reopened", "It broke again.")
    move(case, "verifying")
    ask_now(case)
    old, new = questions()
    assert (old.round, new.round) == (1, 2)
    assert old.closed_at is not None
    answer(sender, "1")
    assert [question.answer for question in questions()] == [None, "yes"]


def test_who_said_no_is_asked_again_and_their_newest_word_counts_with_the_others(
    app: Flask, database: Database
) -> None:
    yes, no = people(2)
    case = being_verified((yes, no))
    answer(yes, "1")
    answer(no, "2")
    waiting = jobs_waiting(database, "followup.take_up")
    add_action(case)
    move(case, "acting")
    assert jobs_waiting(database, "followup.take_up") == waiting + 1
    take_up_again(case)
    assert statuses() == ["confirmed", "in_follow_up"]
    change(case.id, state="fixed_claimed")
    move(case, "verifying")
    assert [question.contact_id for question in ask_now(case)] == [questions()[-1].contact_id]
    answer(no, "yes")
    assert stored(case.id).state == "verified"


def test_what_was_confirmed_before_a_case_was_opened_again_confirms_nothing_after_it(app: Flask) -> None:
    senders = people(2)
    case = being_verified(senders)
    for sender in senders:
        answer(sender, "1")
    assert stored(case.id).state == "verified"
    move(case, "reopened", "It broke again.")
    (newcomer,) = people(1)
    a_gap(senders=(newcomer,))
    agree(newcomer)
    take_up_again(case)
    move(case, "verifying")
    assert len(ask_now(case)) == 1
    answer(newcomer, "1")
    assert stored(case.id).state == "verifying"


def test_an_answer_leaves_nothing_of_a_question_that_is_not_asked_any_more(app: Flask) -> None:
    """The case went on without waiting: the report is settled, the case is not moved."""
    one, two = people(2)
    case = being_verified((one, two))
    move(case, "closed", "The programme has ended.")
    answer(one, "1")
    answer(two, "1")
    assert stored(case.id).state == "closed"
    assert statuses() == ["confirmed", "confirmed"]


def test_what_people_answer_is_kept_as_any_message_is(app: Flask) -> None:
    (sender,) = people(1)
    being_verified((sender,))
    answer(sender, "1")
    assert messages_in()[-1].body == "1"
