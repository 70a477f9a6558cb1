"""Partners correct what we say in their language, in the product: live, kept, taken back, signed off, exported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from app.database import db, transaction
from app.directory import current
from app.factory import create_app
from app.language import say, words_for
from app.outbox.wording import STARTED
from app.settings import Settings
from app.translating.pages import _key
from app.translating.standing import standing
from app.viewer import COMMAND, PUBLIC, acting_as
from app.worker import as_worker
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account

SAID = "Utapata tena ujumbe wetu. Ukitaka kuacha: STOP"
PATH = f"/admin/languages/sw/text/{_key(STARTED)}"
LIST = "/admin/languages/sw"


def a_browser(app: Flask, role: str = "partner_lead", partner: str = "cedc") -> Browser:
    return Browser(app).sign_in(an_account(role, partner=partner))


def correct(browser: Browser, said: str = SAID, why: str = "so we speak", act: str = "save", **changed: str):
    page = browser.get(PATH).text
    was = unescape(re.search(r'name="was" value="([^"]*)"', page)[1])
    return browser.post(PATH, **({"said": said, "was": was, "why": why, "act": act} | changed))


@pytest.fixture
def another_process(app: Flask, settings: Settings) -> Iterator[Flask]:
    """An application with a copy of its own."""
    other = create_app(settings, pool_size=2)
    now_said(other)
    yield other
    with other.app_context():
        db.engine.dispose()


def now_said(app: Flask) -> str:
    with app.app_context(), acting_as(PUBLIC), transaction():
        current.current_directory()
        return say("sw", STARTED)


def test_a_lead_corrects_a_text_and_it_is_said_at_once(speaking: Flask) -> None:
    browser = a_browser(speaking)
    assert correct(browser).status_code == 303
    assert now_said(speaking) == SAID
    page = browser.get(PATH).text
    assert "so we speak" in page
    assert "The catalogue says:" in page
    assert "1 corrected here" in browser.get("/admin/languages").text


def test_another_process_says_it_within_seconds(
    speaking: Flask, another_process: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(a_browser(speaking))
    assert current.MOST_SECONDS_OLD < 5
    monkeypatch.setattr(current, "MOST_SECONDS_OLD", 0)
    assert now_said(another_process) == SAID


def test_a_worker_that_had_nothing_to_do_says_it_too(
    speaking: Flask, another_process: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(a_browser(speaking))
    monkeypatch.setattr(current, "MOST_SECONDS_OLD", 0)
    assert as_worker(another_process)(lambda: words_for("sw", STARTED), None, None) == SAID


def test_looking_shows_how_it_comes_out_and_stores_nothing(speaking: Flask) -> None:
    answer = correct(a_browser(speaking), act="look")
    assert answer.status_code == 200
    assert "46 of 160" in answer.text
    assert now_said(speaking) != SAID


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"said": "Utapata ujumbe tena."}, "stay as they are"),
        ({"said": " "}, "Write how it is said."),
        ({"why": " "}, "Say why you change it"),
    ],
)
def test_what_cannot_be_saved_is_handed_back_with_its_reason(
    speaking: Flask, changed: dict[str, str], message: str
) -> None:
    answer = correct(a_browser(speaking), **changed)
    assert answer.status_code == 422
    assert message in answer.text
    assert now_said(speaking) != SAID


def test_who_was_overtaken_is_told_and_loses_nothing(speaking: Flask) -> None:
    browser = a_browser(speaking)
    correct(browser)
    answer = correct(browser, said="Utapata tena ujumbe. Kuacha: STOP", was="something older")
    assert answer.status_code == 409
    assert "Utapata tena ujumbe. Kuacha: STOP" in answer.text
    assert now_said(speaking) == SAID


def test_a_correction_is_taken_back_to_what_was_said_before(speaking: Flask) -> None:
    browser, before = a_browser(speaking), now_said(speaking)
    correct(browser)
    assert "Go back to what was said before" in browser.get(PATH).text
    assert correct(browser, said=before, why="taken back").status_code == 303
    assert now_said(speaking) == before
    assert "corrected here" not in browser.get("/admin/languages").text
    assert browser.get(PATH).text.count("<del") == 2


@pytest.mark.parametrize("path", [LIST, PATH, f"{LIST}/aloud"])
def test_a_language_of_another_country_leads_nowhere(speaking: Flask, path: str) -> None:
    browser = a_browser(speaking, partner="pfag")
    assert browser.get(path).status_code == 404
    assert browser.post(PATH, said=SAID, was="", why="x", act="save").status_code == 404
    assert browser.post(f"{LIST}/sign-off", act="sign").status_code == 404


@pytest.mark.parametrize("role", ["partner_member", "desk", "reviewer"])
def test_only_leads_and_administrators_correct(speaking: Flask, role: str) -> None:
    assert a_browser(speaking, role).get("/admin/languages").status_code == 403


def test_an_administrator_sees_every_language_and_that_it_is_a_draft(speaking: Flask) -> None:
    page = a_browser(speaking, "administrator").get("/admin/languages").text
    assert page.count("Draft: no speaker has signed it off") == 18
    assert page.count("complete") == 18


def test_a_language_is_signed_off_until_a_text_changes(speaking: Flask) -> None:
    browser = a_browser(speaking)
    browser.post(f"{LIST}/sign-off", act="sign")
    assert "Signed off" in browser.get(LIST).text
    assert "cedc: partner_lead" in browser.get("/admin/languages").text
    correct(browser)
    assert "Draft again" in browser.get(LIST).text
    browser.post(f"{LIST}/sign-off", act="sign")
    browser.post(f"{LIST}/sign-off", act="withdraw")
    assert "Draft: no speaker has signed it off" in browser.get(LIST).text


def test_texts_are_found_by_their_words_and_by_where_they_are_read(speaking: Flask) -> None:
    browser = a_browser(speaking)
    found = browser.get(f"{LIST}?q=You+will+get+messages").text
    assert "1 text<" in found
    assert "0 texts" in browser.get(f"{LIST}?q=You+will+get+messages&where=menu").text
    assert "First" not in browser.get(f"{LIST}?first=-3").text


def test_everything_can_be_read_aloud_as_a_phone_shows_it(speaking: Flask) -> None:
    page = a_browser(speaking).get(f"{LIST}/aloud").text
    assert "ZA-7W3K9QX" in page
    assert "Hakuna dawa" in page


def test_corrections_and_sign_offs_are_exported_as_catalogues(speaking: Flask, tmp_path: Path) -> None:
    browser = a_browser(speaking)
    correct(browser)
    browser.post(f"{LIST}/sign-off", act="sign")
    ran = speaking.test_cli_runner().invoke(args=["languages", "export", str(tmp_path), "--only", "sw"])
    (done,) = json.loads(ran.stdout)
    assert (done["language"], done["corrections"], done["left_out"], done["state"]) == ("sw", 1, [], "signed")
    text = Path(done["file"]).read_text(encoding="utf-8")
    assert re.search(r"^# Signed off: cedc, \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    with Path(done["file"]).open("rb") as file:
        assert read_po(file, locale="sw").get(STARTED).string == SAID


def test_an_export_without_corrections_is_the_catalogue_itself(speaking: Flask, tmp_path: Path) -> None:
    speaking.test_cli_runner().invoke(args=["languages", "export", str(tmp_path)])
    for exported in sorted(tmp_path.glob("*/LC_MESSAGES/messages.po")):
        ours = Path("translations") / exported.relative_to(tmp_path)
        assert exported.read_bytes() == ours.read_bytes(), exported


def test_the_command_lists_how_languages_stand(speaking: Flask) -> None:
    ran = speaking.test_cli_runner().invoke(args=["languages", "list"])
    found = {one["code"]: one for one in json.loads(ran.stdout)}
    with acting_as(COMMAND), transaction() as session:
        assert found["sw"]["state"] == standing(session, "sw").state == "draft"
