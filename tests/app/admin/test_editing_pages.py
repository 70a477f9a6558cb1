"""Editing on the pages: looked over, saved with a reason, refused with what was entered still there."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.database import transaction
from app.directory.catalogue import Directory
from app.directory.current import current_directory
from app.viewer import PUBLIC, acting_as
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.directory import values_of, version_of

WORDS = "/admin/entry/ke-health/words/sw"
SERVING = "/admin/entry/za-water-sanitation/serving"
PROBLEMS = "/admin/entry/ke-health/problems"
ANSWERS, MONEY = "/admin/entry/ke-health/answers", "/admin/entry/ke-health/money"


def a_browser(app: Flask, role: str = "administrator", partner: str = "cedc") -> Browser:
    return Browser(app).sign_in(an_account(role, partner=partner))


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the page's form if nobody touched it; no button is pressed."""
    form = page.split("<main")[1].split('<form method="post"')[1].split("</form>")[0]
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = _attribute(tag, "name"), _attribute(tag, "type")
        if name and (kind not in ("checkbox", "radio") or " checked" in tag) and kind != "file":
            value = _attribute(tag, "value") if 'value="' in tag else "on"
            fields.setdefault(name, []).append(unescape(value))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        fields[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ""


def send(browser: Browser, path: str, act: str = "save", why: str = "they told us", **changed: Any) -> TestResponse:
    """Open the page, change these fields, and press a button."""
    fields = fields_of(browser.get(path).text) | {"why": why, "act": act} | changed
    return browser.post_bare(path, **fields)


def directory_of(app: Flask) -> Directory:
    with acting_as(PUBLIC), transaction():
        return current_directory()


def words_of(app: Flask) -> set[str]:
    entry = directory_of(app).entry_point("KE", "health")
    return {word.text for word in entry.words if word.problem == "ke-health/no-drugs"}


FORMS = {
    WORDS: "ke.toml",
    SERVING: "za.toml",
    PROBLEMS: "ke.toml",
    ANSWERS: "ke.toml",
    MONEY: "ke.toml",
    "/admin/country/KE/facts": "ke.toml",
    "/admin/country/KE/partners": "ke.toml",
    "/admin/entry/ke-health/facts": "ke.toml",
    "/admin/country/KE/elsewhere/education/en": "ke.toml",
    "/admin/country/KE/places?area=KE-01": "ke.toml",
    "/admin/document/ke.toml": "ke.toml",
}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_sent_as_it_was_opened_changes_nothing(edited: Flask, path: str) -> None:
    before = version_of(FORMS[path])
    answer = send(a_browser(edited), path)
    assert answer.status_code == 422
    assert "Nothing is changed yet." in answer.text
    assert version_of(FORMS[path]) == before


def test_a_lead_adds_words_and_they_are_understood_at_once(edited: Flask) -> None:
    browser = a_browser(edited, "partner_lead")
    looked = send(browser, WORDS, "look", **{"words.no-drugs": "dawa hakuna\n dawa  zimekwisha \n\ndawa hakuna"})
    assert looked.status_code == 200
    assert "<ins>dawa zimekwisha</ins>" in looked.text
    assert "dawa zimekwisha" not in words_of(edited)
    fields = fields_of(looked.text) | {"act": "save", "why": "heard in Busia"}
    answer = browser.post_bare(WORDS, **fields)
    assert answer.status_code == 303
    assert "heard in Busia" in browser.get(answer.location).text
    assert {"dawa hakuna", "dawa zimekwisha"} <= words_of(edited)


def test_a_word_of_another_sector_is_told_before_it_is_saved(edited: Flask) -> None:
    browser = a_browser(edited, "partner_lead")
    looked = send(browser, WORDS, "look", **{"words.decisive": "zahanati\nKISIMA\ngrade ya hospitali"})
    assert "These words speak for other sectors too" in looked.text
    assert re.findall(r"<li><bdi>(.*?)</bdi>: (.*?)</li>", looked.text) == [("KISIMA", "Water and sanitation")]
    assert "speak for other sectors" not in send(browser, WORDS, "look", **{"words.any": "zahanati mpya"}).text


def test_without_a_reason_nothing_is_saved_and_nothing_is_lost(edited: Flask) -> None:
    answer = send(a_browser(edited), WORDS, why=" ", **{"words.no-drugs": "dawa zimekwisha"})
    assert answer.status_code == 422
    assert "Say why you change it" in answer.text
    assert fields_of(answer.text)["words.no-drugs"] == "dawa zimekwisha"
    assert "dawa zimekwisha" not in words_of(edited)


def test_a_mistake_is_told_with_its_line_and_what_was_entered_stays(edited: Flask) -> None:
    answer = send(a_browser(edited), SERVING, **{"from-0": "2026-12-31", "to-0": "2026-01-01"})
    assert answer.status_code == 422
    assert re.search(r"<code>za\.toml:\d+</code> valid_from is after valid_to", answer.text)
    assert fields_of(answer.text)["to-0"] == ["2026-01-01"]


@pytest.mark.parametrize("day", ["31.12.2026", "soon", "2026-02-30"])
def test_a_day_that_is_none_is_refused(edited: Flask, day: str) -> None:
    answer = send(a_browser(edited), SERVING, **{"to-0": day})
    assert answer.status_code == 422
    assert "must be a date" in unescape(answer.text)


def test_two_people_at_once_the_later_one_is_told_and_may_look_again(edited: Flask) -> None:
    one, other = a_browser(edited), a_browser(edited, "partner_lead")
    opened = fields_of(one.get(WORDS).text) | {"why": "first", "act": "save"}
    assert send(other, WORDS, **{"words.no-drugs": "dawa zimekwisha"}).status_code == 303
    late = one.post_bare(WORDS, **opened | {"words.no-drugs": "dawa hakuna kabisa"})
    assert late.status_code == 409
    assert "Somebody changed this while you had it open" in late.text
    assert "<del>dawa zimekwisha</del>" in late.text
    assert words_of(edited) >= {"dawa zimekwisha"}
    again = fields_of(late.text)
    assert again["words.no-drugs"] == "dawa hakuna kabisa"
    assert one.post_bare(WORDS, **again | {"act": "save", "why": "both are said"}).status_code == 303


def test_lead_fallback_areas_and_dates_are_edited(edited: Flask) -> None:
    fields = {"order-0": "3", "order-1": "1", "order-2": "2", "lead": "1", "areas-0": ["ZA-GP", "ZA-NW"]}
    assert send(a_browser(edited), SERVING, **fields, **{"to-0": "2030-12-31"}).status_code == 303
    serving = directory_of(edited).entry_point("ZA", "water-sanitation").serving
    assert [service.partner for service in serving] == ["corc", "afesis", "planact"]
    assert [service.lead for service in serving] == [True, False, False]
    assert serving[2].areas == ("ZA-GP", "ZA-NW")
    assert str(serving[2].valid_to) == "2030-12-31"


def test_a_partner_is_added_to_a_country_and_then_to_an_entry_point(edited: Flask) -> None:
    browser = a_browser(edited)
    row = len(values_of("ke.toml")["partners"])
    named = {f"name-{row}": "Afya Trust", f"acronym-{row}": "Afya"}
    assert send(browser, "/admin/country/KE/partners", **named).status_code == 303
    fields = {"partner-1": "afya", "role-1": "movement", "areas-1": ["KE-04"]}
    assert send(browser, "/admin/entry/ke-health/serving", **fields).status_code == 303
    assert [one.partner for one in directory_of(edited).entry_point("KE", "health").serving] == ["cedc", "afya"]


def test_a_problem_type_is_added_renamed_and_withdrawn(edited: Flask) -> None:
    browser = a_browser(edited, "partner_lead")
    page = browser.get(PROBLEMS).text
    count = page.count('name="offered-') - 2
    added = {f"name-{count}": "No blood", f"gap_kind-{count}": "absent", f"sensitive-{count}": "on"}
    names = {name: "Hakuna damu" for name in fields_of(page) if name.startswith(f"name-{count}-")}
    assert send(browser, PROBLEMS, **added, **names).status_code == 303
    assert directory_of(edited).problem("ke-health/no-blood").sensitive
    fields = fields_of(browser.get(PROBLEMS).text) | {"name-0": "No medicines", "why": "clearer", "act": "save"}
    del fields[f"offered-{count}"]
    assert browser.post_bare(PROBLEMS, **fields).status_code == 303
    entry = directory_of(edited).entry_point("KE", "health")
    assert "ke-health/no-blood" not in {problem.slug for problem in entry.problems}
    assert entry.problems[0].name == "No medicines"


def test_withdrawing_a_problem_type_keeps_its_words_for_the_sector(edited: Flask) -> None:
    browser = a_browser(edited)
    fields = fields_of(browser.get(PROBLEMS).text) | {"why": "no more", "act": "save"}
    del fields["offered-0"]
    assert browser.post_bare(PROBLEMS, **fields).status_code == 303
    words = {word.text: word for word in directory_of(edited).entry_point("KE", "health").words}
    assert words["dawa hakuna"].problem is None


def test_a_place_named_by_a_lead_means_its_area(edited: Flask) -> None:
    browser = a_browser(edited, "partner_lead", "cedgg")
    path = "/admin/country/KE/places?area=KE-01"
    assert send(browser, path, names="Tiaty\nKapedo Mpya").status_code == 303
    assert "Kapedo Mpya" in directory_of(edited).area("KE-01").spoken


def test_sectors_and_countries_are_named_in_the_language_of_the_reader(edited: Flask) -> None:
    browser = Browser(edited).sign_in(an_account("administrator", language="fr"))
    assert "Eau et assainissement" in browser.get("/admin/why").text
    page = browser.get("/admin/country/ZA").text
    assert "Afrique du Sud" in page
    assert "<dt>Agriculture</dt>" in page


def test_another_name_of_a_place_is_entered_beside_its_usual_one(edited: Flask) -> None:
    path = "/admin/country/KE/places?area=KE-01"
    assert send(a_browser(edited), path, names="Tiaty\nKolowa = Kollowa, Koloa").status_code == 303
    assert directory_of(edited).area("KE-01").usual("Koloa") == "Kolowa"
    refused = send(a_browser(edited), path, names="= ,")
    assert refused.status_code == 422


def test_what_is_no_toml_is_told_with_its_line_alone(edited: Flask) -> None:
    answer = send(a_browser(edited), "/admin/document/ke.toml", text='code = "KE"\nname = "Kenya\n')
    assert answer.status_code == 422
    assert re.findall(r"<code>(ke\.toml:\d+)</code>", answer.text) == ["ke.toml:2"]


def test_going_back_is_looked_over_first(edited: Flask) -> None:
    browser = a_browser(edited)
    first = version_of()
    send(browser, WORDS, **{"words.no-drugs": "dawa zimekwisha"})
    page = browser.get(f"/admin/version/{first}/back").text
    assert "<del>dawa zimekwisha</del>" in page
    answer = browser.post_bare(f"/admin/version/{first}/back", **fields_of(page) | {"why": "wrong", "act": "save"})
    assert answer.status_code == 303
    assert "dawa hakuna" in words_of(edited)
    assert "dawa zimekwisha" not in words_of(edited)
