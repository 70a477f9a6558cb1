"""A session that drops loses nothing: it can be taken up for a day, and is filed after that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.conversation.models import MenuSession
from app.database import transaction
from app.upkeep import file_left_in_the_menu, forget
from app.viewer import WORKER, acting_as
from tests.app.channels.ussd_phone import Phone, a_speaker
from tests.builders.stored import messages_in, messages_out, reports, rows

OFFER = "CON You did not finish your report.\n1 Continue\n2 Start again"


def hours_pass(hours: float) -> None:
    with acting_as(WORKER), transaction() as session:
        session.execute(
            update(MenuSession).values(
                changed_at=datetime.now(UTC) - timedelta(hours=hours),
                started_at=datetime.now(UTC) - timedelta(hours=hours),
            )
        )


def upkeep() -> None:
    with acting_as(WORKER):
        file_left_in_the_menu.func(timestamp=0)


def dropped(client: FlaskClient, *answers: str) -> Phone:
    phone = a_speaker(client)
    phone.dial()
    phone.answer(*answers)
    phone.hang_up()
    return phone


@pytest.mark.parametrize("hours", [0, 1, 23.9])
def test_dialling_again_offers_to_go_on_where_it_stopped(client: FlaskClient, hours: float) -> None:
    phone = dropped(client, "1", "1", "1", "Nobody came")
    stopped_at = phone.screen
    hours_pass(hours)
    assert phone.dial() == OFFER
    assert phone.answer("1") == stopped_at
    phone.answer("1")
    (report,) = reports()
    assert (report.problem_type, report.area) == ("ke-health/no-drugs", "KE-04")
    assert [message.body for message in messages_in()] == ["Nobody came"]


def test_starting_again_gives_the_old_report_up(client: FlaskClient) -> None:
    phone = dropped(client, "1", "1")
    phone.dial()
    assert phone.answer("2").startswith("CON What is it about?")
    hours_pass(25)
    upkeep()
    assert reports() == []
    assert phone.dial().startswith("CON What is it about?")


def test_an_offer_that_is_not_answered_is_made_again(client: FlaskClient) -> None:
    phone = dropped(client, "1", "1")
    for _ in range(3):
        assert phone.dial() == OFFER
    assert phone.answer("1").startswith("CON Where is it?")


def test_leaving_the_offer_for_the_first_screen_keeps_it(client: FlaskClient) -> None:
    phone = dropped(client, "1", "1")
    phone.dial()
    assert phone.answer("00", "9").startswith("CON We find no report")
    assert phone.dial() == OFFER


def test_after_a_day_there_is_nothing_to_go_on_with(client: FlaskClient) -> None:
    phone = dropped(client, "1", "1")
    hours_pass(24.1)
    assert phone.dial().startswith("CON What is it about?")


def test_nothing_is_offered_before_a_sector_or_after_the_end(client: FlaskClient) -> None:
    phone = dropped(client, "9", "0")
    assert phone.dial().startswith("CON What is it about?")
    phone.answer("1", "1", "1", "1", "1")
    assert phone.dial().startswith("CON What is it about?")


def test_what_one_person_left_is_offered_to_nobody_else(client: FlaskClient) -> None:
    dropped(client, "1", "1")
    assert a_speaker(client).dial().startswith("CON What is it about?")


def test_a_report_with_its_problem_is_filed_after_a_day_for_a_person_to_complete(client: FlaskClient) -> None:
    phone = dropped(client, "2", "2")
    hours_pass(25)
    for _ in range(2):
        upkeep()
    (report,) = reports()
    assert (report.partner, report.problem_type) == ("cedgg", "ke-water-sanitation/borehole-or-pump-broken")
    assert (report.flags, report.channel) == (["incomplete"], "ussd")
    assert [message.provider_message_id for message in messages_in()] == [phone.session_id]
    assert [message.purpose for message in messages_out()] == ["acknowledgment"]
    assert [(row.said, row.draft, row.unfinished) for row in rows(MenuSession)] == [("", {}, False)]


def test_words_without_a_problem_type_are_filed_too(client: FlaskClient) -> None:
    dropped(client, "3", "1", "The bridge is broken")
    hours_pass(25)
    upkeep()
    assert [message.body for message in messages_in()] == ["The bridge is broken"]
    assert [report.partner for report in reports()] == ["ke-desk"]


def test_a_sector_alone_is_not_a_report(client: FlaskClient) -> None:
    dropped(client, "1")
    hours_pass(25)
    upkeep()
    assert (reports(), [row.unfinished for row in rows(MenuSession)]) == ([], [False])


def test_somebody_whom_we_cannot_know_again_loses_nothing_either(client: FlaskClient) -> None:
    phone = Phone(client, "MTN")
    phone.dial()
    phone.answer("1", "1", "1")
    hours_pass(25)
    upkeep()
    assert [(report.problem_type, report.contact_id) for report in reports()] == [("ke-health/no-drugs", None)]


def test_what_can_still_be_taken_up_is_not_filed(client: FlaskClient) -> None:
    dropped(client, "1", "1")
    hours_pass(23)
    upkeep()
    assert reports() == []


def test_sessions_are_forgotten_after_a_week(app: Flask) -> None:
    phone = dropped(app.test_client(), "9")
    hours_pass(7 * 24 + 1)
    phone.dial()
    with acting_as(WORKER):
        forget.func(timestamp=0)
    assert [row.session_id for row in rows(MenuSession)] == [phone.session_id]


def test_a_step_that_this_version_does_not_know_begins_anew(client: FlaskClient) -> None:
    phone = dropped(client, "1", "1")
    with acting_as(WORKER), transaction() as session:
        session.execute(update(MenuSession).values(step="village"))
    assert phone.answer("1").startswith("CON What is wrong?")
