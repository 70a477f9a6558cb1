"""Photos that came by WhatsApp or MMS: fetched by the worker, put to the report, and deleted at the provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.channels.web.tracking import take_back
from app.database import transaction
from app.outbox.providers import Providers
from app.photos import fetching
from app.photos.fetching import MOST_TRIES
from app.photos.models import Photo, WaitingPhoto
from app.queue import TryLater
from app.reports.models import Event, OpenQuestion, Report
from app.settings import Settings
from app.upkeep import file_unanswered_questions, refetch
from app.viewer import WORKER, acting_as
from tests.app.outbox.working import jobs_waiting, work_until
from tests.builders.photos import CANARY, a_photo
from tests.builders.reports import a_number, say
from tests.builders.stored import events, messages_in, messages_out, reports, rows
from tests.builders.webhooks import from_twilio, twilio_form
from tests.conftest import Database
from tests.fakes.providers import FakeTwilio, Stall, twilio_error


@pytest.fixture
def twilio(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeTwilio]:
    """Twilio on the loopback, as the real adapters know it."""
    assert settings.twilio
    with FakeTwilio() as running:
        account = replace(settings.twilio, api_base=running.base_url)
        monkeypatch.setitem(app.extensions, "providers", Providers(replace(settings, twilio=account)))
        yield running


def whatsapp(twilio: FakeTwilio, *files: bytes, sender: str | None = None, **changes: str) -> dict[str, str]:
    """An inbound message with these files."""
    media = {f"MediaUrl{number}": twilio.keep_media(file) for number, file in enumerate(files)}
    types = {f"MediaContentType{number}": "image/jpeg" for number in range(len(files))}
    number = sender or a_number("KE")
    return twilio_form(From=f"whatsapp:{number}", NumMedia=str(len(files)), **media, **types) | changes


def fetch_all() -> list[timedelta]:
    """Run the job of each photo that waits, as the worker does; the waits that they ask for."""
    return [wait for row in rows(WaitingPhoto, WaitingPhoto.at) if (wait := fetch_one(row)) is not None]


def fetch_one(row: WaitingPhoto) -> timedelta | None:
    with acting_as(WORKER):
        try:
            fetching.fetch(photo=str(row.id))
        except TryLater as later:
            return later.wait
    return None


def reports_with_photos() -> list[int]:
    """How many photos each report has, oldest report first."""
    of_report = {message.id: message.report_id for message in messages_in()}
    having = [of_report[photo.message_id] for photo in rows(Photo)]
    return [having.count(report.id) for report in reports()]


def noted() -> list[str]:
    return [event.kind for event in events() if event.kind.startswith("photo")]


def test_the_real_worker_fetches_puts_to_the_report_and_deletes(
    app: Flask, client: FlaskClient, twilio: FakeTwilio, database: Database
) -> None:
    form = whatsapp(twilio, a_photo(), a_photo((32, 32)))
    assert from_twilio(client, form).status_code == 200
    assert (twilio.requests, jobs_waiting(database, "photos.fetch")) == ((), 2)
    work_until(lambda: jobs_waiting(database, "photos.fetch") == 0, app, database, "photos")
    assert (reports_with_photos(), noted()) == ([2], ["photo_added"] * 2)
    assert (rows(WaitingPhoto), twilio.media) == ([], {})


def test_a_message_that_comes_again_is_fetched_once(
    app: Flask, client: FlaskClient, twilio: FakeTwilio, database: Database
) -> None:
    form = whatsapp(twilio, a_photo())
    for _ in range(3):
        from_twilio(client, form)
    assert (len(rows(WaitingPhoto)), jobs_waiting(database, "photos.fetch")) == (1, 1)


def test_a_job_that_is_run_again_stores_nothing_twice(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    (row,) = rows(WaitingPhoto)
    assert [fetch_one(row) for _ in range(3)] == [None] * 3
    assert (reports_with_photos(), noted(), len(twilio.requests)) == ([1], ["photo_added"], 3)


def test_a_crash_between_storing_and_deleting_leads_to_deleting_alone(
    client: FlaskClient, twilio: FakeTwilio
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    (row,) = rows(WaitingPhoto)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "_finish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetch_one(row)
    asked = len(twilio.requests)
    assert fetch_one(row) is None
    assert [request.method for request in twilio.requests[asked:]] == ["DELETE"]
    assert (reports_with_photos(), noted(), rows(WaitingPhoto)) == ([1], ["photo_added"], [])


def test_photos_of_a_matter_that_is_filed_by_a_later_answer_are_its_own(
    client: FlaskClient, twilio: FakeTwilio
) -> None:
    sender = a_number("KE")
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender, Body="it is bad here"))
    assert (fetch_all(), noted()) == ([], [])
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender, Body=""))
    assert len(messages_out()) == 1, "a picture without words costs no question"
    from_twilio(client, whatsapp(twilio, sender=sender, Body="1"))
    assert noted() == ["photo_added"]
    fetch_all()
    assert (reports_with_photos(), noted()) == ([2], ["photo_added"] * 2)


def test_photos_before_a_question_that_nobody_answers_are_filed_with_it(
    client: FlaskClient, twilio: FakeTwilio
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo(), Body=""))
    fetch_all()
    with acting_as(WORKER):
        with transaction() as session:
            session.execute(update(OpenQuestion).values(asked_at=OpenQuestion.asked_at - timedelta(hours=25)))
        file_unanswered_questions()
    assert (reports_with_photos(), noted()) == ([1], ["photo_added"])


@pytest.mark.parametrize(("minutes", "found"), [(50, [1]), (70, [0])])
def test_pictures_without_words_go_with_the_report_just_made(
    client: FlaskClient, twilio: FakeTwilio, minutes: int, found: list[int]
) -> None:
    sender = a_number("KE")
    say("no drugs at the dispensary", sender=sender)
    with acting_as(WORKER), transaction() as session:
        session.execute(update(Report).values(created_at=Report.created_at - timedelta(minutes=minutes)))
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender, Body=""))
    fetch_all()
    assert reports_with_photos() == found


def test_somebody_elses_picture_is_not_put_to_a_report(client: FlaskClient, twilio: FakeTwilio) -> None:
    say("no drugs at the dispensary")
    from_twilio(client, whatsapp(twilio, a_photo(), Body=""))
    fetch_all()
    assert reports_with_photos() == [0]


def test_of_many_photos_three_are_kept_and_all_are_deleted_at_the_provider(
    client: FlaskClient, twilio: FakeTwilio
) -> None:
    sender = a_number("KE")
    from_twilio(client, whatsapp(twilio, *[a_photo()] * 2, sender=sender))
    from_twilio(client, whatsapp(twilio, *[a_photo()] * 5, sender=sender, Body=""))
    fetch_all()
    assert (reports_with_photos(), twilio.media, rows(WaitingPhoto)) == ([3], {}, [])
    assert noted() == ["photo_added"] * 3 + ["photo_refused"] * 2


def test_what_is_no_picture_is_left_where_it_is(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, b"OggS", MediaContentType0="audio/ogg"))
    assert (rows(WaitingPhoto), messages_in()[0].media, len(twilio.media)) == ([], 1, 1)


@pytest.mark.parametrize("file", [b"no photo", a_photo()[:-100]])
def test_a_file_that_is_no_photo_is_noted_and_deleted(client: FlaskClient, twilio: FakeTwilio, file: bytes) -> None:
    from_twilio(client, whatsapp(twilio, file))
    assert fetch_all() == []
    assert (noted(), twilio.media, rows(WaitingPhoto)) == (["photo_refused"], {}, [])


def test_a_provider_in_trouble_is_asked_again_later_and_later(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    twilio.answer_with(*[twilio_error(503, 20503)] * 3)
    assert [fetch_all()[0].total_seconds() for _ in range(3)] == [15, 30, 60]
    assert fetch_all() == []
    assert reports_with_photos() == [1]


def test_a_photo_that_cannot_be_had_for_a_day_is_given_up(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    twilio.answer_with(*[twilio_error(503, 20503)] * (MOST_TRIES + 1))
    waits = [fetch_all() for _ in range(MOST_TRIES)]
    assert sum((wait for waited in waits for wait in waited), timedelta()) > timedelta(hours=20)
    assert (waits[-1], noted(), rows(WaitingPhoto)) == ([], ["photo_refused"], [])


def test_a_picture_that_kills_the_worker_is_given_up_too(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    (row,) = rows(WaitingPhoto)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "read_picture", lambda _content: 1 / 0)
        for _ in range(MOST_TRIES):
            with pytest.raises(ZeroDivisionError):
                fetch_one(row)
        assert fetch_one(row) is None
    assert (noted(), twilio.media, rows(WaitingPhoto)) == (["photo_refused"], {}, [])


def test_a_photo_whose_job_was_lost_is_queued_again(
    client: FlaskClient, twilio: FakeTwilio, database: Database
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    from_twilio(client, whatsapp(twilio, a_photo()))
    lost = str(rows(WaitingPhoto, WaitingPhoto.at)[0].id)
    with psycopg.connect(database.app_url) as connection:
        connection.execute("DELETE FROM procrastinate_jobs WHERE args ->> 'photo' = %s", (lost,))
    with acting_as(WORKER):
        refetch()
        assert jobs_waiting(database, "photos.fetch") == 1, "not at once: it may be on its way"
        with transaction() as session:
            session.execute(update(WaitingPhoto).values(at=WaitingPhoto.at - timedelta(minutes=11)))
        refetch()
    assert jobs_waiting(database, "photos.fetch") == 2


def test_words_taken_back_while_a_photo_waits_take_it_along(client: FlaskClient, twilio: FakeTwilio) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    take_back(reports()[0].id)
    fetch_all()
    assert (rows(Photo), twilio.media, rows(WaitingPhoto)) == ([], {}, [])
    assert [request.method for request in twilio.requests] == ["DELETE"]


def test_delete_by_text_takes_every_photo_of_the_person_along_filed_or_not(
    client: FlaskClient, twilio: FakeTwilio
) -> None:
    sender, other = a_number("KE"), a_number("KE")
    from_twilio(client, whatsapp(twilio, a_photo(), sender=other))
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender))
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender, Body="it is bad here"))
    fetch_all()
    from_twilio(client, whatsapp(twilio, a_photo(), sender=sender, Body=""))
    assert len(rows(Photo)) == 3
    for said in ("DELETE", "1"):
        from_twilio(client, whatsapp(twilio, sender=sender, Body=said))
    fetch_all()
    assert (len(rows(Photo)), reports_with_photos()[0], twilio.media, rows(WaitingPhoto)) == (1, 1, {}, [])


def test_words_taken_back_while_a_photo_is_on_its_way_take_it_along(
    client: FlaskClient, twilio: FakeTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    (report,), found = reports(), fetching._found

    def meanwhile(waiting: fetching.Waiting) -> fetching.Found:
        take_back(report.id)
        return found(waiting)

    monkeypatch.setattr(fetching, "_found", meanwhile)
    assert fetch_all() == []
    assert (rows(Photo), twilio.media, rows(WaitingPhoto)) == ([], {}, [])


def test_the_address_is_stored_sealed_and_jobs_hold_no_address(
    client: FlaskClient, twilio: FakeTwilio, database: Database
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo()))
    with psycopg.connect(database.app_url) as connection:
        (arguments,) = connection.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'photos.fetch'"
        ).fetchone()
    assert list(arguments) == ["photo"]
    assert not [row for row in rows(WaitingPhoto) if b"twilio" in row.url_sealed]


def test_no_number_word_or_metadata_of_it_reaches_the_log(
    client: FlaskClient, twilio: FakeTwilio, caplog: pytest.LogCaptureFixture
) -> None:
    from_twilio(client, whatsapp(twilio, a_photo(), CANARY.encode(), Body=f"no drugs {CANARY}"))
    twilio.answer_with(Stall(0))
    fetch_all()
    fetch_all()
    assert CANARY not in caplog.text
    assert not [event for event in rows(Event) if CANARY in str(event.detail)]
