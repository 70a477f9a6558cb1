"""Photos are seen by those who work on their report, and by nobody else."""

from __future__ import annotations

import re
import uuid
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.photos.models import Photo
from tests.app.access.browser import Browser
from tests.app.channels.web.visitor import Visitor
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.photos import CANARY, a_photo, read
from tests.builders.reports import a_report
from tests.builders.stored import reports, rows

SIZES = ("small", "full")


def reported(app: Flask, *photos: bytes) -> str:
    """The reference of a report from the web with these photos."""
    visitor = Visitor(app)
    files = [(BytesIO(photo), "IMG_1.jpg") for photo in photos]
    assert visitor.fill_in(visitor.answer("check"), "/report/send", photos=files).status_code == 200
    return reports()[-1].reference


def paths(reference: str) -> list[str]:
    """The page of each photo of the report, and its files."""
    ids = [photo.id for photo in rows(Photo, Photo.at)]
    return [f"/inbox/{reference}/photos/{one}{rest}" for one in ids for rest in ("", "/small.jpg", "/full.jpg")]


def pictures_on(page: TestResponse) -> list[tuple[str, str]]:
    """Address and alternative text of each picture in the page's main part."""
    return re.findall(r'<img src="([^"]*/photos/[^"]+)" alt="([^"]*)"', page.text)


def test_the_page_of_a_report_shows_its_photos_small_and_leads_to_each(app: Flask) -> None:
    reference = reported(app, a_photo((2000, 1000)), a_photo())
    browser = Browser(app).sign_in(an_account())
    shown = pictures_on(browser.get(f"/inbox/{reference}"))
    assert [alt for _, alt in shown] == [f"Photo {n} of 2 that came with this report" for n in (1, 2)]
    assert [read(browser.get(address).data).size for address, _ in shown] == [(320, 160), (64, 48)]
    first = browser.get(paths(reference)[0])
    ((address, _),) = pictures_on(first)
    assert read(browser.get(address).data).size == (1600, 800)
    assert ("Photo 1 of 2" in first.text, "Next photo" in first.text, "Previous" in first.text) == (
        True,
        True,
        False,
    )


def test_a_photo_is_kept_by_no_browser_and_believed_to_be_nothing_else(app: Flask) -> None:
    reference = reported(app, a_photo())
    answer = Browser(app).sign_in(an_account()).get(paths(reference)[2])
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={reference}-")


@pytest.mark.parametrize("who", [("partner_member", "cedgg"), ("reviewer", "cedc"), ("administrator", "cedc")])
def test_nobody_else_sees_a_photo(app: Flask, who: tuple[str, str]) -> None:
    reference = reported(app, a_photo())
    browser = Browser(app).sign_in(an_account(who[0], partner=who[1]))
    assert {browser.get(path).status_code for path in paths(reference)} == {
        403 if who[0] != "partner_member" else 404
    }


def test_a_photo_is_found_under_its_own_report_only(app: Flask) -> None:
    reference, other = reported(app, a_photo()), a_report()
    browser = Browser(app).sign_in(an_account())
    assert {browser.get(path).status_code for path in paths(other.reference)} == {404}
    assert {browser.get(path).status_code for path in paths(reference)} == {200}


@pytest.mark.parametrize(
    "name",
    [
        f"{uuid.UUID(int=1)}/full.jpg",
        f"{uuid.UUID(int=1)}",
        "x/full.jpg",
        "..%2f..%2fetc%2fpasswd",
        "%00/small.jpg",
    ],
)
def test_what_is_no_photo_is_not_there(app: Flask, name: str) -> None:
    reference = reported(app, a_photo())
    assert Browser(app).sign_in(an_account()).get(f"/inbox/{reference}/photos/{name}").status_code == 404
    one = rows(Photo)[0].id
    for size in ("huge.jpg", "full.png", "full", "../full.jpg"):
        assert Browser(app).sign_in(an_account()).get(f"/inbox/{reference}/photos/{one}/{size}").status_code == 404


def test_a_stranger_is_sent_to_sign_in(app: Flask) -> None:
    reference = reported(app, a_photo())
    assert {Browser(app).get(path).status_code for path in paths(reference)} == {303}


def test_nothing_that_clung_to_the_file_comes_out_or_is_stored(app: Flask) -> None:
    reference = reported(app, a_photo(form="PNG"), a_photo())
    browser = Browser(app).sign_in(an_account())
    answers = [browser.get(path) for path in ("/inbox", f"/inbox/{reference}", *paths(reference))]
    assert not [answer for answer in answers if CANARY.encode() in answer.data or b"IMG_1" in answer.data]
    assert not [photo for photo in rows(Photo) if b"JFIF" in photo.full + photo.small]


def test_the_timeline_says_that_a_photo_was_added(app: Flask) -> None:
    reference = reported(app, a_photo())
    assert "<h3>Photo added</h3>" in Browser(app).sign_in(an_account()).get(f"/inbox/{reference}").text


def test_the_list_marks_reports_with_photos_within_the_same_few_statements(app: Flask) -> None:
    with_two, without = reported(app, a_photo(), a_photo()), a_report().reference
    browser = Browser(app).sign_in(an_account())
    browser.get("/inbox")
    with statements() as seen:
        page = browser.get("/inbox").text
    assert len(seen) <= 5, "\n".join(seen)
    articles = dict(re.findall(r'<article[^>]* aria-labelledby="r-([^"]+)">(.*?)</article>', page, re.DOTALL))
    assert ("2 photos" in articles[with_two], "photo" in articles[without]) == (True, False)


def test_a_page_of_a_report_with_photos_takes_few_statements(app: Flask) -> None:
    reference = reported(app, a_photo(), a_photo(), a_photo())
    browser = Browser(app).sign_in(an_account())
    browser.get(f"/inbox/{reference}")
    with statements() as seen:
        browser.get(f"/inbox/{reference}")
    assert len(seen) <= 13, "\n".join(seen)  # of which one for photos, three for the look and for being here
    assert not [statement for statement in seen if "photo.full" in statement]
