"""Photos on the last page of the form: filed with the report, in one go with it, or the page says what is wrong."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from app.channels.web import brakes, photo_field
from app.photos import pictures
from app.photos.keeping import MOST_PHOTOS
from app.photos.models import Photo
from tests.app.channels.web.tracker import arrive, opened
from tests.app.channels.web.visitor import Visitor, forms, heading, reference_of, secret_of, step_of
from tests.builders.photos import a_photo
from tests.builders.stored import events, messages_in, reports, rows

NO_WORDS = {"area": {"area": "", "place": ""}, "words": {"words": ""}}


def chosen(*photos: bytes) -> list[tuple[BytesIO, str]]:
    """What a browser's file field posts; without a choice, one file without name or content."""
    return [(BytesIO(photo), f"IMG_{number}.jpg") for number, photo in enumerate(photos)] or [(BytesIO(), "")]


def sent(visitor: Visitor, *photos: bytes, **changes: dict[str, str]):
    return visitor.fill_in(visitor.answer("check", **changes), "/report/send", photos=chosen(*photos))


def test_photos_are_filed_with_the_report(app: Flask) -> None:
    page = sent(Visitor(app), a_photo(), a_photo((48, 64)))
    assert heading(page) == "Your report is recorded"
    (report,), (message,) = reports(), messages_in()
    assert {photo.message_id for photo in rows(Photo)} == {message.id}
    assert sorted((photo.width, photo.height) for photo in rows(Photo)) == [(48, 64), (64, 48)]
    assert (message.report_id, message.media) == (report.id, 2)
    noted = [(event.kind, event.detail.get("photo")) for event in events() if event.kind != "filed"]
    assert noted == [("photo_added", str(photo.id)) for photo in rows(Photo, Photo.at)]


def test_without_script_and_without_a_photo_the_form_is_filed_as_before(app: Flask) -> None:
    assert sent(Visitor(app)).status_code == 200
    assert (len(reports()), rows(Photo)) == (1, [])


def test_photos_can_come_without_a_word(app: Flask) -> None:
    assert sent(Visitor(app), a_photo(), **NO_WORDS).status_code == 200
    (message,) = messages_in()
    assert (message.body, message.report_id, len(rows(Photo))) == ("", reports()[0].id, 1)


def test_ten_identical_forms_with_photos_are_one_report(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    pages = [visitor.fill_in(check, "/report/send", photos=chosen(a_photo(), a_photo())) for _ in range(10)]
    assert len({(reference_of(page), secret_of(page)) for page in pages}) == 1
    assert (len(reports()), len(rows(Photo)), len(events())) == (1, 2, 3)


def test_the_same_answers_with_other_photos_are_not_lost_as_a_repetition(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    for photos in ([], [a_photo()], [a_photo((32, 32))]):
        visitor.fill_in(check, "/report/send", photos=chosen(*photos))
    assert (len(reports()), len(rows(Photo))) == (3, 2)


@pytest.mark.parametrize(
    ("photos", "said"),
    [
        ([a_photo()] * 4, "Choose at most 3 photos."),
        ([a_photo(), b"MZ not a photo"], "We cannot read photo 2."),
        ([b""], "We cannot read photo 1."),
        ([a_photo() + b"\0" * 60_000], "Photo 1 is too big."),
    ],
    ids=["four", "no photo", "empty", "big"],
)
def test_photos_that_cannot_be_taken_are_explained_and_nothing_is_stored(
    app: Flask, monkeypatch: pytest.MonkeyPatch, photos: list[bytes], said: str
) -> None:
    for room in (photo_field, pictures):
        monkeypatch.setattr(room, "MOST_BYTES", 50_000)
    visitor = Visitor(app)
    page = sent(visitor, *photos)
    assert (page.status_code, step_of(page), said in page.text) == (422, "check", True)
    assert ('href="#photos"' in page.text, 'id="photos"' in page.text) == (True, True)
    assert "<title>Error: " in page.text
    assert (reports(), messages_in(), rows(Photo)) == ([], [], [])
    assert visitor.fill_in(page, "/report/send", photos=chosen(a_photo())).status_code == 200
    assert len(rows(Photo)) == 1


def test_a_form_that_is_too_big_as_a_whole_is_explained(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_field, "MOST_POSTED", 10_000)
    page = sent(Visitor(app), b"\0" * 20_000)
    assert (page.status_code, heading(page)) == (413, "The photos are too big")
    assert reports() == []


def test_no_other_page_takes_so_much(app: Flask) -> None:
    visitor = Visitor(app)
    hidden = forms(visitor.answer("words"))[-1].hidden
    answer = visitor.post("/report/words", **hidden, photos=chosen(b"\0" * 300_000))
    assert answer.status_code == 413


def test_photos_have_a_brake_of_their_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brakes, "PHOTOS", brakes.Brake("photos", 2))
    visitor = Visitor(app)
    check = visitor.answer("check")
    statuses = [visitor.fill_in(check, "/report/send", photos=chosen(b"no photo")).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert visitor.fill_in(check, "/report/send").status_code == 200


def test_who_has_to_wait_is_led_back_to_choose_the_photos_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brakes, "FILE", brakes.Brake("file", 0))
    visitor = Visitor(app)
    wait = sent(visitor, a_photo())
    assert (wait.status_code, rows(Photo)) == (429, [])
    assert step_of(visitor.fill_in(wait, "/report/go")) == "check"


def test_a_fault_leaves_neither_report_nor_photo_behind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    with monkeypatch.context() as patch:
        patch.setattr("app.intake.filing.tell_timeline", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            visitor.fill_in(check, "/report/send", photos=chosen(a_photo()))
    assert (reports(), messages_in(), rows(Photo), events()) == ([], [], [], [])
    assert visitor.fill_in(check, "/report/send", photos=chosen(a_photo())).status_code == 200


def test_the_tracking_page_says_how_many_came_and_shows_none(app: Flask) -> None:
    visitor = Visitor(app)
    done = sent(visitor, *[a_photo()] * MOST_PHOTOS)
    page = opened(visitor, reference_of(done), secret_of(done)).text
    assert ("Photos received: 3" in page, "<img" in page) == (True, False)
    assert not [photo for photo in rows(Photo) if str(photo.id) in page]


def test_photos_are_deleted_with_the_words(app: Flask) -> None:
    visitor = Visitor(app)
    done, other = sent(visitor, a_photo()), sent(visitor, a_photo())
    asked = visitor.fill_in(opened(visitor, reference_of(done), secret_of(done)), "/track/delete")
    assert "Your photos are deleted too." in asked.text
    page = arrive(visitor, visitor.fill_in(asked, "/track/delete"))
    assert "Photos received" not in page.text
    (left,) = rows(Photo)
    kept = next(message for message in messages_in() if message.id == left.message_id)
    assert next(report for report in reports() if report.id == kept.report_id).reference == reference_of(other)


def test_a_form_sent_again_after_its_words_were_taken_back_brings_nothing_back(app: Flask) -> None:
    visitor = Visitor(app)
    check = visitor.answer("check")
    done = visitor.fill_in(check, "/report/send", photos=chosen(a_photo()))
    page = opened(visitor, reference_of(done), secret_of(done))
    visitor.fill_in(visitor.fill_in(page, "/track/delete"), "/track/delete")
    again = visitor.fill_in(check, "/report/send", photos=chosen(a_photo()))
    assert reference_of(again) == reference_of(done)
    assert (rows(Photo), len(reports())) == ([], 1)
