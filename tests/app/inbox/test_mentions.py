"""Calling a colleague in a note: who can be called, how it is written, and what becomes of it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.inbox.colleagues import Colleague
from app.inbox.following.mentions import called_in, handles, in_parts
from tests.app.access.browser import Browser
from tests.app.inbox.test_sharing_out import confined_to
from tests.app.inbox.told import handle, note, tell, told
from tests.builders.accounts import an_account
from tests.builders.reports import a_report
from tests.builders.stored import events

WANJIRU = Colleague("1", "Wanjiru Kamau", False, "wanjiru@cedc.example")
MEMBER = Colleague("2", "CEDC member", False, "cedc.member@demo.example")
LEAD = Colleague("3", "CEDC lead", False, "cedc@demo.example")
TWIN = Colleague("4", "Wanjiru Otieno", False, "wanjiru@other.example")
US = (WANJIRU, MEMBER, LEAD)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("ask @wanjiru.", {"@wanjiru": "1"}),
        ("@Wanjiru Kamau, look", {"@Wanjiru Kamau": "1"}),
        ("(@cedc.member)", {"@cedc.member": "2"}),
        ("@cedc. And @CEDC member", {"@cedc": "3", "@CEDC member": "2"}),
        ("write to wanjiru@cedc.example", {}),
        ("@wanjirus", {}),
        ("no one at all", {}),
        ("@ wanjiru", {}),
    ],
)
def test_the_longest_name_that_fits_is_meant(text: str, called: dict[str, str]) -> None:
    assert called_in(text, US).people == called


def test_a_name_that_two_share_is_nobody_s_and_each_is_offered_another(app: Flask) -> None:
    called = called_in("@wanjiru and @Wanjiru Otieno", (*US, TWIN))
    assert called.people == {"@Wanjiru Otieno": "4"}
    assert called.unknown == ("@wanjiru",)
    assert dict(handles((*US, TWIN)))["Wanjiru Otieno"] == "wanjiru otieno"
    assert dict(handles(US))["Wanjiru Kamau"] == "wanjiru"


def test_a_text_falls_into_names_called_and_the_rest() -> None:
    assert list(in_parts("x @cedc.member, @cedc!", ("@cedc", "@cedc.member"))) == [
        ("x ", False),
        ("@cedc.member", True),
        (", ", False),
        ("@cedc", True),
        ("!", False),
    ]


def test_who_is_called_is_told_once_and_the_name_is_marked_on_the_timeline(app: Flask) -> None:
    me, colleague, report = an_account(), an_account("partner_member"), a_report()
    browser, form = Browser(app).sign_in(me), "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    where = note(browser, report, f"Please call them, {handle(colleague)}.", form)
    note(browser, report, f"Please call them, {handle(colleague)}.", form)
    tell(), tell()
    assert where.endswith("done=note")
    assert (told(colleague), told(me)) == (["mention"], [])
    assert f'<b class="called">{handle(colleague)}</b>' in browser.get(f"/inbox/{report.reference}").text
    page = Browser(app).sign_in(colleague).get("/inbox/for-me").text
    assert report.reference in page
    assert "Please call them" in page


@pytest.mark.parametrize("stranger", ["confined", "another partner", "a desk", "nobody"])
def test_who_may_not_open_the_report_cannot_be_called_and_that_is_said(app: Flask, stranger: str) -> None:
    people = {
        "confined": lambda: confined_to(["ke-education"]),
        "another partner": lambda: an_account(partner="wacam"),
        "a desk": lambda: an_account("desk"),
        "nobody": lambda: None,
    }
    other, report = people[stranger](), a_report()
    browser = Browser(app).sign_in(an_account())
    written = handle(other) if other else "@nobody"
    if other:
        assert written not in browser.get(f"/inbox/{report.reference}").text
    assert note(browser, report, f"Look {written}").endswith("done=note_unheard")
    tell()
    assert "they are not told" in browser.get(f"/inbox/{report.reference}?done=note_unheard").text
    assert other is None or told(other) == []
    (kept,) = [event for event in events() if event.kind == "note"]
    assert "mentions" not in kept.detail


def test_the_form_lists_how_to_write_each_colleague_but_oneself(app: Flask) -> None:
    me, colleague, report = an_account(), an_account("partner_member"), a_report()
    page = Browser(app).sign_in(me).get(f"/inbox/{report.reference}").text
    listed = page.split('class="handles"')[1].split("</details>")[0]
    assert handle(colleague) in listed
    assert handle(me) not in listed


def test_markup_in_a_note_stays_text_beside_a_name(app: Flask) -> None:
    colleague, report = an_account("partner_member"), a_report()
    browser = Browser(app).sign_in(an_account())
    note(browser, report, f"<script>{handle(colleague)}</script>")
    assert f'&lt;script&gt;<b class="called">{handle(colleague)}</b>&lt;/script&gt;' in (
        browser.get(f"/inbox/{report.reference}").text
    )
