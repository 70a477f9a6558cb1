"""How many messages of a kind one person gets: the figures of the message table, exact."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from app.outbox.models import OutgoingMessage
from app.reports.models import Contact
from sms.message import OutboundSms, SendResult, TryAgain, Unknown
from tests.builders.messages import (
    Carrier,
    a_contact,
    a_message,
    deliver_now,
    state_of,
    stored,
    time_passes,
)
from tests.builders.reports import a_report

DAY = timedelta(days=1)
TEN_MINUTES = timedelta(minutes=10)
A_SECOND = timedelta(seconds=1)


def delivered(*messages: OutgoingMessage) -> list[str]:
    """Deliver these in turn; their states afterwards."""
    for message in messages:
        deliver_now(message)
    return [state_of(message) for message in messages]


def sent_long_ago(contact: Contact, purpose: str, age: timedelta, times: int = 1) -> None:
    for _ in range(times):
        a_message(contact, age, purpose=purpose, state="sent")


def test_a_number_gets_twenty_acknowledgments_a_day(carrier: Carrier) -> None:
    contact = a_contact()
    sent_long_ago(contact, "acknowledgment", DAY - A_SECOND * 30, times=19)
    last, too_many = (a_message(contact, purpose="acknowledgment") for _ in range(2))
    assert delivered(last, too_many) == ["sent", "dead"]
    assert stored(too_many).error == "capped"


def test_yesterdays_acknowledgments_do_not_count(carrier: Carrier) -> None:
    contact = a_contact()
    sent_long_ago(contact, "acknowledgment", DAY + A_SECOND, times=20)
    assert delivered(a_message(contact, purpose="acknowledgment")) == ["sent"]


def test_another_number_and_another_kind_have_room_of_their_own(carrier: Carrier) -> None:
    contact = a_contact()
    sent_long_ago(contact, "fixed", A_SECOND)
    assert delivered(a_message(purpose="fixed"), a_message(contact, purpose="state")) == ["sent", "sent"]


def test_a_report_has_three_updates_a_day_and_each_report_its_own(carrier: Carrier) -> None:
    report, other = a_report(), a_report()
    contact = Contact(id=report.contact_id)
    updates = [a_message(contact, purpose="update", report_id=report.id) for _ in range(4)]
    assert delivered(*updates) == ["sent", "sent", "sent", "dead"]
    assert delivered(a_message(contact, purpose="update", report_id=other.id)) == ["sent"]


def test_a_number_gets_one_fixed_answer_in_ten_minutes(carrier: Carrier) -> None:
    contact = a_contact()
    sent_long_ago(contact, "fixed", TEN_MINUTES - A_SECOND * 30)
    assert delivered(a_message(contact, purpose="fixed")) == ["dead"]


def test_ten_minutes_later_it_gets_another(carrier: Carrier) -> None:
    contact = a_contact()
    sent_long_ago(contact, "fixed", TEN_MINUTES + A_SECOND)
    assert delivered(a_message(contact, purpose="fixed")) == ["sent"]


def test_a_partners_words_have_no_cap(carrier: Carrier) -> None:
    contact = a_contact()
    assert set(delivered(*[a_message(contact, purpose="answer") for _ in range(22)])) == {"sent"}


def test_messages_that_waited_out_a_failure_of_the_provider_are_no_more_for_that(carrier: Carrier) -> None:
    """All were written within ten minutes, and all are older than that when the provider works again."""
    contact = a_contact()
    waited = [a_message(contact, DAY - A_SECOND * n, purpose="fixed") for n in range(5)]
    assert delivered(*waited) == ["sent", "dead", "dead", "dead", "dead"]


def test_a_message_that_was_never_taken_leaves_its_room_to_the_next(carrier: Carrier) -> None:
    contact = a_contact()
    waiting, next_one = (a_message(contact, purpose="fixed") for _ in range(2))
    carrier.reply_with(TryAgain("20429", "busy"))
    assert delivered(waiting, next_one, waiting) == ["dead", "sent", "dead"]


def test_a_message_that_was_perhaps_taken_counts(carrier: Carrier) -> None:
    contact = a_contact()
    doubtful, next_one = (a_message(contact, purpose="fixed") for _ in range(2))
    carrier.reply_with(Unknown("late"), Unknown("late"))
    for _ in range(3):
        deliver_now(doubtful)
        time_passes(doubtful, TEN_MINUTES)
    assert (state_of(doubtful), stored(doubtful).error) == ("dead", "unsettled")
    assert delivered(next_one) == ["dead"]


def test_a_cap_does_not_stop_the_second_try_of_a_message_that_has_its_place(carrier: Carrier) -> None:
    contact = a_contact()
    doubtful = a_message(contact, purpose="fixed")
    carrier.reply_with(Unknown("late"))
    deliver_now(doubtful)
    time_passes(doubtful, TEN_MINUTES)
    assert delivered(doubtful) == ["sent"]


@pytest.mark.parametrize(("purpose", "room"), [("fixed", 1), ("acknowledgment", 20)])
def test_two_workers_at_once_do_not_exceed_a_cap(app: Flask, carrier: Carrier, purpose: str, room: int) -> None:
    contact = a_contact()
    sent_long_ago(contact, purpose, A_SECOND, times=room - 1)
    messages = [a_message(contact, purpose=purpose) for _ in range(6)]
    start = threading.Barrier(len(messages))

    def work(message: OutgoingMessage) -> None:
        with app.app_context():
            start.wait(5)
            deliver_now(message)

    with ThreadPoolExecutor(len(messages)) as workers:
        list(workers.map(work, messages))
    assert Counter(map(state_of, messages)) == {"sent": 1, "dead": 5}
    assert len(carrier.sent) == 1


def test_a_message_being_sent_at_this_moment_counts(carrier: Carrier) -> None:
    contact = a_contact()
    first, second = (a_message(contact, purpose="fixed") for _ in range(2))

    def meanwhile(_message: OutboundSms) -> SendResult:
        deliver_now(second)
        return TryAgain("20429", "busy")

    carrier.reply_with(meanwhile)
    deliver_now(first)
    assert (state_of(second), len(carrier.sent)) == ("dead", 1)
