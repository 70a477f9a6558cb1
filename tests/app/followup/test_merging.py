"""Cases that turn out to be one: which goes on, and whose people belong to it."""

from __future__ import annotations

import re
import uuid

import pytest
from flask import Flask

from app.followup import acts
from app.followup.models import Case
from app.followup.refusals import Refused
from tests.app.access.browser import Browser
from tests.builders.accounts import an_account
from tests.builders.cases import (
    a_case,
    agree,
    answer,
    ask_now,
    case_events,
    change,
    move,
    people,
    stored,
    work,
)
from tests.builders.gaps import a_gap

FURTHER = "borehole dry no water Western Cape"


def refused(case: Case, into: str, reason: str = "The same pipe.") -> Refused:
    with pytest.raises(Refused) as raised:
        work(acts.move, case, "forming", "merged", reason, into)
    return raised.value


@pytest.mark.parametrize("number", ["0", "999999", "x", "own"])
def test_a_case_merges_into_another_open_one_that_the_partner_works_on(app: Flask, number: str) -> None:
    case = a_case()
    into = str(case.id) if number == "own" else number
    assert refused(case, into).field == "into"
    assert "number of the case" in str(refused(case, ""))


def test_a_case_that_is_merged_says_into_which_until_it_is_opened_again(app: Flask) -> None:
    case, other = a_case(), a_case(a_gap(people=1, text=FURTHER))
    assert move(case, "merged", "The same pipe.", into=str(other.id)).merged_into == other.id
    assert case_events(case)[-1][1]["into"] == other.id
    assert "has ended" in str(refused(other, str(case.id)))
    assert move(case, "reopened", "It is another pipe.").merged_into is None


def test_the_people_of_a_merged_case_are_asked_by_the_one_that_goes_on(app: Flask) -> None:
    (here,), (there,), (far,) = people(1), people(1), people(1)
    first = a_case(a_gap(senders=(here,)))
    second = a_case(a_gap(senders=(there,), text=FURTHER))
    third = a_case(a_gap(senders=(far,), text="borehole dry no water KwaZulu-Natal"))
    agree(here, there, far)
    move(first, "merged", "The same pipe.", into=str(second.id))
    move(second, "merged", "The same pipe.", into=str(third.id))
    change(third.id, state="fixed_claimed")
    move(third, "verifying")
    assert len(ask_now(third)) == 3
    answer(here, "1")
    answer(there, "1")
    assert stored(third.id).state == "verified"


def test_a_merged_case_leads_to_the_one_that_goes_on(app: Flask) -> None:
    case, other = a_case(), a_case(a_gap(people=1, text=FURTHER))
    browser = Browser(app).sign_in(an_account(partner="afesis"))
    form = {"form": str(uuid.uuid4()), "was": "forming", "state": "merged", "reason": "The same pipe."}
    assert browser.post(f"/cases/{case.id}/state", **form).status_code == 422
    assert browser.post(f"/cases/{case.id}/state", into=str(other.id), **form).status_code == 303
    assert re.search(rf'Goes on as</dt><dd><a href="/cases/{other.id}">', browser.get(f"/cases/{case.id}").text)
