"""The pages of cases, as partners and the reviewer use them."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.database import transaction
from app.followup.deadlines import lapse_some
from app.followup.models import Action, Case, Figure, Hypothesis, Response
from app.gaps.paging import PAGE_SIZE
from app.viewer import WORKER, acting_as
from tests.app.access.browser import Browser
from tests.app.inbox.many import statements
from tests.builders.accounts import an_account
from tests.builders.cases import (
    ACTION,
    FIGURE,
    RESPONSE,
    STATEMENT,
    a_case,
    add_action,
    add_figure,
    add_response,
    answer,
    being_verified,
    change,
    move,
    people,
    stored,
)
from tests.builders.gaps import a_gap
from tests.builders.stored import rows


def partner(app: Flask, slug: str = "afesis") -> Browser:
    return Browser(app).sign_in(an_account(partner=slug))


def send(browser: Browser, case: Case, act: str, **form: str):
    return browser.post(f"/cases/{case.id}/{act}", form=str(uuid.uuid4()), **form)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_from_a_gap_a_partner_opens_a_case(app: Flask) -> None:
    gap, browser = a_gap(), partner(app)
    answered = browser.post(f"/cases/of-gap/{gap.id}", statement=STATEMENT)
    (case,) = rows(Case)
    assert (answered.status_code, answered.headers["Location"]) == (303, f"/cases/{case.id}")
    assert STATEMENT in browser.get(f"/cases/{case.id}").text
    assert f"/cases/{case.id}" in browser.get(f"/gaps/{gap.id}").text
    assert f"/cases/{case.id}" in browser.get("/gaps").text
    assert browser.post(f"/cases/of-gap/{gap.id}", statement="again").headers["Location"] == f"/cases/{case.id}"


def test_an_empty_statement_is_asked_for_again(app: Flask) -> None:
    answered = partner(app).post(f"/cases/of-gap/{a_gap().id}", statement=" ")
    assert answered.status_code == 422
    assert "There is a problem" in answered.text
    assert rows(Case) == []


def test_another_partner_finds_neither_gap_nor_case(app: Flask) -> None:
    case, browser = a_case(), partner(app, "cedc")
    assert browser.get(f"/cases/{case.id}").status_code == 404
    assert browser.post(f"/cases/of-gap/{case.gap_id}", statement="x").status_code == 404
    for act in ("facts", "cause", "figure", "action", "response", "state", "note"):
        assert send(browser, case, act).status_code == 404, act
    assert "dry" not in browser.get("/cases").text


@pytest.mark.parametrize("role", ["desk", "administrator"])
def test_cases_are_for_partners_and_the_reviewer(app: Flask, role: str) -> None:
    browser = Browser(app).sign_in(an_account(role, country="ZA" if role == "desk" else None))
    assert browser.get("/cases").status_code == 403


def test_the_reviewer_reads_what_is_shared_and_no_place_person_or_note(app: Flask) -> None:
    shared = being_verified(people(3))
    add_figure(shared)
    change(shared.id, visibility="shared", place="Behind the school of Motherwell")
    hidden = a_case(a_gap(people=1, text="borehole dry no water Western Cape"))
    change(hidden.id, statement="Not shared yet.")
    browser = Browser(app).sign_in(an_account("reviewer"))
    listed = browser.get("/cases").text
    assert STATEMENT in listed
    assert "Not shared yet." not in listed
    page = browser.get(f"/cases/{shared.id}").text
    assert "334,000,000 ZAR" in page
    for secret in ("Motherwell", "Timeline", "Move the case", "What people say", "+27"):
        assert secret not in page
    assert browser.get(f"/cases/{hidden.id}").status_code == 404
    assert send(browser, shared, "note", note="x").status_code == 404


def test_each_form_adds_its_row_and_the_page_shows_it(app: Flask) -> None:
    case, browser = a_case(), partner(app)
    for act, form in (("figure", FIGURE), ("action", ACTION), ("response", RESPONSE)):
        assert send(browser, case, act, **form).status_code == 303, act
    send(browser, case, "cause", cause="not_spent", confidence="high", why="270 of 334 are left.")
    send(browser, case, "note", note="Called on Monday.")
    assert [len(rows(model)) for model in (Figure, Action, Response, Hypothesis)] == [1, 1, 1, 1]
    page = text_of(browser.get(f"/cases/{case.id}").text)
    for words in (
        "334,000,000 ZAR",
        "Budget office",
        "The pump was replaced.",
        "270 of 334 are left.",
        "Called on",
    ):
        assert words in page


def test_what_is_taken_back_stays_on_the_page_with_its_reason_and_makes_no_rate(app: Flask) -> None:
    case, browser = a_case(), partner(app)
    add_figure(case)
    add_figure(case, phase="executed", amount="640")
    wrong = rows(Figure, Figure.id)[-1]
    page = browser.get(f"/cases/{case.id}").text
    assert f'<option value="figure-{wrong.id}">Figure: Spent or delivered 2022/23, 640,000,000 ZAR, ISUPG' in page
    sent = send(browser, case, "take-back", finding=f"figure-{wrong.id}", wrong_because="One zero too many.")
    assert sent.status_code == 303
    page = browser.get(f"/cases/{case.id}").text
    assert page.count("taken back: One zero too many.") == 1
    assert 'class="taken-back"' in page
    assert "191.6%" not in page
    assert f'value="figure-{wrong.id}"' not in page
    assert send(browser, case, "take-back", finding="", wrong_because="x").status_code == 422


def test_the_page_of_a_case_takes_few_statements_however_much_was_done(app: Flask) -> None:
    case, browser = a_case(visibility="shared"), partner(app)
    for _ in range(PAGE_SIZE):
        add_figure(case)
    browser.get(f"/cases/{case.id}")
    for reader in (browser, Browser(app).sign_in(an_account("reviewer", partner="ibp"))):
        with statements() as seen:
            page = reader.get(f"/cases/{case.id}").text
        assert len(seen) <= 13, seen
    page = browser.get(f"/cases/{case.id}").text
    assert page.count('<li data-kind="') == PAGE_SIZE
    (older,) = re.findall(r'rel="next" href="([^"#]+)#h-timeline"', page)
    assert "Case opened" in browser.get(older.replace("&amp;", "&")).text


def test_the_figures_are_shown_with_their_rates_a_picture_and_a_table_beside_it(app: Flask) -> None:
    case = a_case(people_affected=400)
    add_figure(case)
    add_figure(case, phase="executed", amount="64")
    page = partner(app).get(f"/cases/{case.id}").text
    assert "19.2%" in page
    assert "160,000 ZAR" in page
    assert page.count('class="ground"') == 2
    assert 'aria-describedby="table-1"' in page
    assert 'id="table-1"' in page
    assert "Not spent" in text_of(page)
    assert "A suggestion, not a finding" in page


def test_what_was_entered_wrongly_is_still_there_with_the_reason_beside_it(app: Flask) -> None:
    case = a_case()
    answered = send(partner(app), case, "figure", **(FIGURE | {"amount": "1.255,50"}))
    assert answered.status_code == 422
    assert 'value="1.255,50"' in answered.text
    assert "with a point before decimals" in answered.text
    assert 'href="#amount"' in answered.text
    assert re.search(r'id="figure-form" open', answered.text)


@pytest.mark.parametrize("act", ["facts", "cause", "figure", "action", "response", "state", "note"])
def test_an_empty_form_is_refused_with_a_link_to_its_field(app: Flask, act: str) -> None:
    case = a_case()
    answered = send(partner(app), case, act, was="forming")
    assert answered.status_code == 422
    (field,) = re.findall(r'role="alert".*?href="#([^"]+)"', answered.text, re.DOTALL)
    assert re.search(rf'id="{field}"', answered.text), field


def test_a_way_that_is_not_open_yet_says_why(app: Flask) -> None:
    case = a_case(a_gap(people=2))
    page = text_of(partner(app).get(f"/cases/{case.id}").text)
    assert "Not yet: It needs 3 different people, or one report that you checked yourself." in page


def test_nobody_is_offered_to_verify(app: Flask) -> None:
    case = being_verified(people(2))
    page = partner(app).get(f"/cases/{case.id}").text
    assert 'value="acting"' in page
    assert 'value="verified"' not in page


def test_what_people_answered_is_counted_on_the_page(app: Flask) -> None:
    one, two = people(2)
    case = being_verified((one, two))
    answer(one, "1")
    answer(two, "2")
    page = text_of(partner(app).get(f"/cases/{case.id}").text)
    assert "2 people were asked whether it was solved. Yes 1 No 1 Partly 0" in page
    assert "Somebody said: yes, solved" in page


def test_a_stale_form_is_refused_with_409(app: Flask) -> None:
    case = a_case()
    move(case, "stated")
    assert send(partner(app), case, "state", was="forming", state="stated").status_code == 409


@pytest.mark.parametrize("number", ["0", "999", "9223372036854775808", str(10**30)])
def test_a_number_that_is_no_case_leads_nowhere(app: Flask, number: str) -> None:
    browser = partner(app)
    assert browser.get(f"/cases/{number}").status_code == 404


def test_a_form_without_its_number_or_token_is_refused(app: Flask) -> None:
    case, browser = a_case(), partner(app)
    assert browser.post(f"/cases/{case.id}/note", note="x").status_code == 400
    assert browser.post_bare(f"/cases/{case.id}/note", note="x", form=str(uuid.uuid4())).status_code == 400
    assert browser.post_bare(f"/cases/of-gap/{case.gap_id}", statement="x").status_code == 400


def test_markup_in_what_is_written_stays_text(app: Flask) -> None:
    case = a_case(statement="<script>alert(1)</script>")
    add_action(case, recipient="<img src=x>")
    add_response(case, said="<b>fixed</b>")
    page = partner(app).get(f"/cases/{case.id}").text
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "<b>fixed" not in page


def test_the_list_shows_the_last_worked_on_first_narrowed_by_state(app: Flask) -> None:
    older = a_case(a_gap(people=1))
    newer = a_case(a_gap(people=1, text="borehole dry no water Western Cape"), statement="No water in the west.")
    browser = partner(app)
    assert re.findall(r'<h2 id="c-(\d+)">', browser.get("/cases").text) == [str(newer.id), str(older.id)]
    move(older, "closed", "The programme has ended.")
    assert re.findall(r'<h2 id="c-(\d+)">', browser.get("/cases?state=closed").text) == [str(older.id)]
    assert len(re.findall(r'<h2 id="c-', browser.get("/cases?state=nonsense").text)) == 2


def test_the_list_says_where_an_office_let_its_date_pass(app: Flask) -> None:
    case, browser = a_case(), partner(app)
    add_action(case, due_on="2026-11-03")
    assert "answer due 3 Nov 2026" in text_of(browser.get("/cases").text)
    with acting_as(WORKER), transaction() as session:
        lapse_some(session, datetime(2026, 12, 1, tzinfo=UTC))
    assert "no response by 3 Nov 2026" in text_of(browser.get("/cases").text)
    add_response(case, action=str(rows(Action)[0].id))
    assert "no response by" not in browser.get("/cases").text


def test_the_list_takes_few_statements_however_long_it_is_and_goes_on(app: Flask) -> None:
    gap = a_gap(people=1)
    numbers = [a_case(gap, state="closed").id for _ in range(PAGE_SIZE + 2)]
    browser = partner(app)
    browser.get("/cases")
    with statements() as seen:
        page = browser.get("/cases").text
    assert len(seen) <= 5, seen
    (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
    shown = [re.findall(r'<h2 id="c-(\d+)">', text) for text in (page, browser.get(following).text)]
    assert [len(part) for part in shown] == [PAGE_SIZE, 2]
    assert sorted(map(int, shown[0] + shown[1])) == numbers


def test_pages_speak_the_readers_language_and_show_amounts_as_it_does(app: Flask) -> None:
    case = a_case()
    add_figure(case)
    page = Browser(app).sign_in(an_account(partner="afesis", language="fr")).get(f"/cases/{case.id}").text
    assert "334\u202f000\u202f000 ZAR" in page
    with acting_as(WORKER):
        assert stored(case.id).state == "forming"
