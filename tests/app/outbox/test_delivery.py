"""What each reply of a provider makes of a message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import psycopg
import pytest
from flask import Flask
from procrastinate.jobs import Job as QueueJob

from app.database import db
from app.outbox.delivery import LONGEST_WAIT, MOST_ATTEMPTS
from app.queue import Patience, TryLater
from sms.message import Accepted, OutboundSms, Refused, SendResult, TryAgain, Unknown
from tests.builders.messages import (
    Carrier,
    a_contact,
    a_message,
    deliver_now,
    silence,
    state_of,
    stored,
    time_passes,
)
from tests.conftest import Database

NIGHT = timedelta(hours=9)


def test_an_accepted_message_is_sent_and_keeps_the_providers_id(carrier: Carrier) -> None:
    carrier.reply_with(Accepted("SM1"))
    message = a_message()
    assert deliver_now(message) is None
    sent = stored(message)
    assert (sent.state, sent.attempts, sent.provider_message_id, sent.error) == ("sent", 1, "SM1", None)


def test_a_message_is_handed_over_with_its_number_its_sender_and_where_receipts_go(carrier: Carrier) -> None:
    message = a_message(a_contact("+254711999001"), body="Come on Monday.")
    deliver_now(message)
    receipts = "https://gapline.test/hooks/twilio/twilio-sms-ke/receipts"
    expected = OutboundSms(
        str(message.id), "+254711999001", "Come on Monday.", "+254200000001", None, receipts, "sms"
    )
    assert carrier.sent == [expected]


@pytest.mark.parametrize("permanent", [True, False])
def test_a_refused_message_has_failed_with_the_providers_code(carrier: Carrier, permanent: bool) -> None:
    carrier.reply_with(Refused("21211", "not a number", permanent))
    message = a_message()
    assert deliver_now(message) is None
    failed = stored(message)
    assert (failed.state, failed.attempts, failed.error) == ("failed", 1, "21211")


def test_a_refusal_because_of_an_opt_out_is_remembered_for_that_channel(carrier: Carrier) -> None:
    carrier.reply_with(Refused("21610", "unsubscribed", permanent=True, opted_out=True))
    contact = a_contact()
    refused, next_one, elsewhere = a_message(contact), a_message(contact), a_message(contact, channel="at-sms-ke")
    for message in (refused, next_one, elsewhere):
        deliver_now(message)
    assert [state_of(message) for message in (refused, next_one, elsewhere)] == ["failed", "dead", "sent"]
    assert stored(next_one).error == "stopped"


def test_a_reply_to_try_again_waits_longer_each_time_up_to_two_hours_and_then_gives_up(carrier: Carrier) -> None:
    carrier.reply_with(*[TryAgain("20429", "too many requests")] * (MOST_ATTEMPTS + 1))
    message = a_message()
    waits = []
    while (wait := deliver_now(message)) is not None:
        assert (state_of(message), stored(message).error) == ("ready", "20429")
        waits.append(wait)
    assert waits[0] == timedelta(seconds=15)
    assert all(after == min(2 * before, LONGEST_WAIT) for before, after in pairwise(waits))
    assert waits[-1] == timedelta(hours=2)
    assert (state_of(message), stored(message).error) == ("dead", "20429")
    assert stored(message).attempts == len(carrier.sent) == MOST_ATTEMPTS
    assert NIGHT < sum(waits, timedelta()) < NIGHT * 2


def test_a_message_that_had_to_wait_is_sent_when_the_provider_takes_it(carrier: Carrier) -> None:
    carrier.reply_with(TryAgain("20429", "too many requests"))
    message = a_message()
    deliver_now(message)
    deliver_now(message)
    assert (state_of(message), stored(message).attempts, stored(message).error) == ("sent", 2, None)


@pytest.mark.parametrize("state", ["sent", "delivered", "failed", "dead"])
def test_a_message_that_is_settled_is_not_sent_again(carrier: Carrier, state: str) -> None:
    message = a_message(state=state)
    assert deliver_now(message) is None
    assert (carrier.sent, state_of(message)) == ([], state)


def test_the_attempt_is_committed_and_nothing_is_locked_while_the_provider_is_asked(
    carrier: Carrier, database: Database
) -> None:
    seen = []

    def look(message: OutboundSms) -> SendResult:
        with psycopg.connect(database.app_url) as other:
            other.execute("SELECT set_config('gapline.viewer', 'worker', false)")
            row = "SELECT state, attempts FROM outgoing_message WHERE id = %s FOR UPDATE NOWAIT"
            seen.append(other.execute(row, (message.id,)).fetchone())
            other.execute("SELECT 1 FROM contact FOR UPDATE NOWAIT")
        seen.append((db.session().in_transaction(), db.engine.pool.checkedout()))
        return Accepted("SM1")

    carrier.reply_with(look)
    deliver_now(a_message())
    assert seen == [("attempting", 1), (False, 0)]


def test_a_message_whose_provider_has_no_account_waits_unclaimed(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoAccounts:
        def of(self, _channel: object) -> None:
            raise LookupError("no account")

    monkeypatch.setitem(app.extensions, "providers", NoAccounts())
    message = a_message()
    with pytest.raises(LookupError):
        deliver_now(message)
    assert (state_of(message), stored(message).attempts) == ("ready", 0)


def test_a_person_who_sent_stop_gets_nothing_and_another_channel_is_not_silenced(carrier: Carrier) -> None:
    contact = a_contact()
    here, there = a_message(contact), a_message(contact, channel="at-sms-ke")
    silence(contact)
    for message in (here, there):
        deliver_now(message)
    assert (state_of(here), stored(here).error, stored(here).attempts) == ("dead", "stopped", 0)
    assert [message.sender for message in carrier.sent] == ["22384"]


def test_a_stop_between_two_tries_ends_them(carrier: Carrier) -> None:
    carrier.reply_with(TryAgain("20429", "too many requests"), Unknown("late"))
    contact = a_contact()
    messages = [a_message(contact), a_message(contact)]
    for message in messages:
        deliver_now(message)
        time_passes(message, timedelta(hours=1))
    silence(contact)
    for message in messages:
        deliver_now(message)
    assert [(state_of(message), stored(message).error) for message in messages] == [("dead", "stopped")] * 2
    assert len(carrier.sent) == 2


@pytest.mark.parametrize(
    ("problem", "seconds"), [(TryLater(timedelta(minutes=2)), 120), (ConnectionError("no database"), 30)]
)
def test_a_job_is_run_again_when_it_asks_for_it_and_half_a_minute_after_anything_unforeseen(
    problem: Exception, seconds: int
) -> None:
    job = QueueJob(id=1, queue="outbox", lock=None, queueing_lock=None, task_name="outbox.deliver", attempts=5)
    before = datetime.now(UTC)
    decision = Patience().get_retry_decision(exception=problem, job=job)
    assert decision is not None
    wait = (decision.retry_at - before).total_seconds()
    assert seconds <= wait < seconds + 5
    assert Patience().get_retry_decision(exception=problem, job=job.evolve(attempts=100)) is None
