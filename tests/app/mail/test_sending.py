"""Letters leave once, by a real conversation with a mail server, and say nothing in the logs."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from flask import Flask
from sqlalchemy import update

from app import upkeep
from app.database import transaction
from app.mail import delivery, posting
from app.mail.carrier import NoServer, Parcel, Sent, Terminal, TryAgain
from app.mail.models import OutgoingLetter
from app.mail.smtp import Smtp, compose
from app.queue import TryLater
from app.viewer import SIGN_IN, WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.letters import a_letter, letters, stored_letters
from tests.conftest import Database
from tests.fakes.mail import HANG_UP, SILENCE, MailServer, a_mail_server


@pytest.fixture
def post_office(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with a_mail_server() as running:
        monkeypatch.setitem(app.extensions, "mail", Smtp(running.settings(), seconds=0.5))
        yield running


def post(**about: str) -> uuid.UUID:
    with acting_as(SIGN_IN), transaction() as session:
        posting.post(session, a_letter(**about))
    return stored_letters()[-1].id


def _post_and_fail() -> None:
    with acting_as(SIGN_IN), transaction() as session:
        posting.post(session, a_letter())
        raise ZeroDivisionError


def send(letter: uuid.UUID) -> timedelta | None:
    """Run the job once, in the worker; returns how long it asks to wait."""
    with acting_as(WORKER):
        try:
            delivery.send(str(letter))
        except TryLater as later:
            return later.wait
    return None


def state() -> str:
    return stored_letters()[-1].state


def test_a_letter_reaches_the_mail_server_as_it_was_written(
    app: Flask, post_office: MailServer, database: Database
):
    post(to="amina@example.org", subject="Mot de passe oublié", body="Une ligne.\n.\nघर का नाम\n" + "long " * 400)
    work_until(lambda: state() == "sent", app, database, "mail")
    [letter] = post_office.letters
    assert (letter["To"], letter["From"]) == ("amina@example.org", "gapline@gapline.test")
    assert letter["Subject"] == "Mot de passe oublié"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r", "").startswith("Une ligne.\n.\nघर का नाम\n")
    assert max(len(line) for line in post_office.taken[0].split(b"\r\n")) <= 998


def test_what_a_sent_letter_said_is_not_kept(post_office: MailServer):
    send(post())
    assert [(row.state, row.content) for row in stored_letters()] == [("sent", None)]


def test_a_waiting_letter_shows_neither_address_nor_words(app: Flask, database: Database):
    post(to="amina@example.org", body="secret link")
    with psycopg.connect(database.server.url("postgres")) as connection:
        [row] = connection.execute("SELECT outgoing_letter::text FROM outgoing_letter").fetchall()
    assert "amina" not in row[0]
    assert b"secret".hex() not in row[0]
    assert [letter.to for letter in letters()] == ["amina@example.org"]


def test_a_letter_is_not_posted_when_its_cause_is_undone(app: Flask, database: Database):
    with pytest.raises(ZeroDivisionError):
        _post_and_fail()
    assert (stored_letters(), jobs_waiting(database, "mail.send")) == ([], 0)


def test_the_same_cause_posts_one_letter(app: Flask, database: Database):
    for _time in range(2):
        with acting_as(SIGN_IN), transaction() as session:
            posting.post(session, a_letter(), cause="event-7")
    assert (len(stored_letters()), jobs_waiting(database, "mail.send")) == (1, 1)


def test_a_job_that_runs_twice_sends_once(post_office: MailServer):
    letter = post()
    assert [send(letter), send(letter)] == [None, None]
    assert len(post_office.taken) == 1


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "550 who"), (".", "554 no"), ("MAIL", "501 no")])
def test_a_refusal_is_final(post_office: MailServer, command: str, answer: str):
    post_office.will_say(command, answer)
    assert send(post()) is None
    assert (state(), stored_letters()[0].error) == ("refused", answer[:3])


@pytest.mark.parametrize(
    ("command", "answer"),
    [("RCPT", "450 later"), (".", "451 later"), ("EHLO", HANG_UP), ("MAIL", HANG_UP), ("MAIL", SILENCE)],
)
def test_what_was_not_taken_over_is_tried_again(post_office: MailServer, command: str, answer: str):
    post_office.will_say(command, answer, answer)
    letter = post()
    waits = [send(letter), send(letter), send(letter)]
    assert waits == [delivery.FIRST_WAIT, 2 * delivery.FIRST_WAIT, None]
    assert (state(), len(post_office.taken)) == ("sent", 1)


def test_trying_ends_after_about_a_day(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(app.extensions, "mail", NoServer())
    letter, waited = post(), timedelta()
    while (wait := send(letter)) is not None:
        waited += wait
    assert state() == "dead"
    assert timedelta(hours=12) < waited < timedelta(hours=36)


@pytest.mark.parametrize("answer", [HANG_UP, SILENCE])
def test_a_lost_answer_costs_at_most_one_second_copy(post_office: MailServer, answer: str):
    post_office.will_say(".", answer, answer, answer)
    letter = post()
    assert [send(letter) is not None for _time in range(3)] == [True, True, False]
    assert state() == "unsettled"
    assert sum(line == "data" for line in post_office.heard) == 2


def test_a_worker_that_died_while_sending_sends_once_more_under_the_same_number(post_office: MailServer):
    letter, content = post(), stored_letters()[0].content
    for _crash in range(2):
        with acting_as(WORKER), transaction() as session:
            session.execute(update(OutgoingLetter).values(state="attempting", content=content))
        send(letter)
    assert (state(), len(post_office.taken)) == ("unsettled", 1)
    assert post_office.letters[0]["Message-ID"] == f"<{letter}@gapline.test>"


def test_a_copy_is_the_same_byte_for_byte(app: Flask):
    parcel = Parcel(uuid.uuid4(), a_letter(), datetime(2026, 11, 20, 7, 4, 45, tzinfo=UTC))
    assert compose(parcel, "a@b.test").as_bytes() == compose(parcel, "a@b.test").as_bytes()


def test_user_and_password_are_sent_to_a_server_that_asks(post_office: MailServer):
    carrier = Smtp(post_office.settings("gap@line", "p w"))
    assert carrier.carry(Parcel(uuid.uuid4(), a_letter(), datetime.now(UTC))) == Sent()
    assert post_office.login == "gap@line p w"


def test_a_wrong_password_of_ours_loses_no_letter(post_office: MailServer):
    post_office.will_say("AUTH", "535 no")
    carrier = Smtp(post_office.settings("gap@line", "p"))
    assert carrier.carry(Parcel(uuid.uuid4(), a_letter(), datetime.now(UTC))) == TryAgain("login 535")


def test_a_password_never_leaves_this_machine_unencrypted():
    with a_mail_server("127.0.0.2") as post_office:
        outcome = Smtp(post_office.settings("u", "secret")).carry(
            Parcel(uuid.uuid4(), a_letter(), datetime.now(UTC))
        )
    assert outcome == TryAgain("SMTPNotSupportedError")
    assert not [line for line in post_office.heard if line.startswith("AUTH")]


def test_a_letter_whose_job_was_lost_is_queued_again(app: Flask, database: Database):
    post()
    with psycopg.connect(database.app_url) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
    with acting_as(WORKER), transaction() as session:
        session.execute(update(OutgoingLetter).values(changed_at=datetime.now(UTC) - timedelta(minutes=11)))
    with acting_as(WORKER):
        upkeep.repost()
    assert jobs_waiting(database, "mail.send") == 1


def test_letters_are_forgotten_after_a_month(app: Flask):
    post()
    for days, left in ((29, 1), (31, 0)):
        with acting_as(WORKER), transaction() as session:
            session.execute(update(OutgoingLetter).values(changed_at=datetime.now(UTC) - timedelta(days=days)))
        with acting_as(WORKER):
            upkeep.forget()
        assert len(stored_letters()) == left


def test_the_demo_prints_a_letter_whole(app: Flask):
    terminal = io.StringIO()
    Terminal(terminal).carry(Parcel(uuid.uuid4(), a_letter(body="one\n\x1b[2Jtwo\n"), datetime.now(UTC)))
    assert terminal.getvalue() == "e-mail to person@example.org: A word\n  | one\n  | [2Jtwo\n"


def test_what_is_logged_of_a_letter_names_nobody(post_office: MailServer, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    letter = post(to="amina@example.org", subject="About you", body="secret")
    send(letter)
    assert f"letter {letter} of mention is sent" in caplog.text
    assert not [word for word in ("amina", "About", "secret") if word in caplog.text]
