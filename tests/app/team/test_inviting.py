"""People are asked to join by a letter, whose link is good once and for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.models import Account, Invitation, Membership
from app.database import transaction
from app.viewer import SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.access.second_factor import enrol
from tests.app.access.test_proof import wait
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.letters import letters, link_in

NEW = "quite another set of words"
EMAIL = "amina@example.org"


def invite(browser: Browser, email: str = EMAIL, role: str = "partner_member", **more: str) -> int:
    return browser.post("/team/invitations", email=email, role=role, **more).status_code


def link() -> str:
    return link_in([letter for letter in letters() if letter.purpose == "invitation"][-1])


def account_of(email: str) -> Account | None:
    with acting_as(SIGN_IN), transaction() as session:
        return session.scalars(select(Account).where(Account.email == email)).one_or_none()


@pytest.fixture
def lead(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account())


def test_who_is_invited_joins_with_a_name_and_password_of_their_own(app: Flask, lead: Browser):
    assert invite(lead) == 303
    assert EMAIL in lead.get("/team").text
    browser = Browser(app)
    assert "asks you to join" in browser.get(link()).text
    answer = browser.post(link(), name="  Amina\u202e  Otieno ", password=NEW)
    assert answer.location == "/account/second-factor"
    enrol(browser)
    account = account_of(EMAIL)
    assert account is not None
    assert (account.role, account.partner, account.is_demo) == ("partner_member", "cedc", False)
    assert browser.get("/inbox").status_code == 200
    assert Browser(app).try_password(EMAIL, NEW).location == "/sign-in/code"


def test_a_link_is_good_once(app: Flask, lead: Browser):
    invite(lead)
    path = link()
    assert [Browser(app).get(path).status_code for _ in range(2)] == [200, 200]
    assert Browser(app).post(path, name="Amina", password=NEW).status_code == 303
    assert Browser(app).get(path).status_code == 404
    assert Browser(app).post(path, name="Thief", password=NEW).status_code == 404


def test_a_link_is_good_for_a_week(app: Flask, lead: Browser):
    invite(lead)
    path = link()
    for days, status in ((6.9, 200), (0.2, 404)):
        with acting_as(SIGN_IN), transaction() as session:
            session.execute(update(Invitation).values(at=Invitation.at - timedelta(days=days)))
        assert Browser(app).get(path).status_code == status


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": "", "password": NEW}, "Give your name"),
        ({"name": "\u202e \x00", "password": NEW}, "Give your name"),
        ({"name": "Amina", "password": "short"}, "at least 15"),
        ({"name": "Amina Wanjikuotieno", "password": "Amina Wanjikuotieno!"}, "common password"),
    ],
)
def test_joining_with_something_wrong_uses_nothing_up(app: Flask, lead: Browser, form: dict[str, str], said: str):
    invite(lead)
    answer = Browser(app).post(link(), **form)
    assert answer.status_code == 422
    assert said in answer.text
    assert Browser(app).get(link()).status_code == 200
    assert account_of(EMAIL) is None


def test_an_invitation_is_taken_back(app: Flask, lead: Browser):
    invite(lead)
    with acting_as(SIGN_IN), transaction() as session:
        number = session.scalar(select(Invitation.id))
    other = Browser(app).sign_in(an_account(partner="wacam"))
    assert other.post(f"/team/invitations/{number}/take-back").status_code == 404
    assert lead.post(f"/team/invitations/{number}/take-back").status_code == 303
    assert Browser(app).get(link()).status_code == 404


def test_inviting_again_makes_the_earlier_link_worthless(app: Flask, lead: Browser):
    invite(lead)
    first = link()
    invite(lead)
    assert [Browser(app).get(path).status_code for path in (first, link())] == [404, 200]


@pytest.mark.parametrize(
    ("who", "role", "more", "status"),
    [
        ("partner_lead", "partner_lead", {}, 303),
        ("partner_lead", "administrator", {}, 422),
        ("partner_lead", "desk", {"country": "KE"}, 422),
        ("partner_lead", "reviewer", {}, 422),
        ("partner_member", "partner_member", {}, 403),
        ("desk", "desk", {}, 303),
        ("desk", "partner_lead", {"partner": "cedc"}, 422),
        ("reviewer", "reviewer", {}, 403),
        ("administrator", "partner_lead", {"partner": "wacam"}, 303),
        ("administrator", "partner_lead", {}, 422),
        ("administrator", "desk", {"country": "GH"}, 303),
        ("administrator", "reviewer", {}, 303),
        ("administrator", "king", {}, 422),
    ],
)
def test_each_role_invites_whom_it_may(app: Flask, who: str, role: str, more: dict[str, str], status: int):
    browser = Browser(app).sign_in(an_account(who))
    assert invite(browser, role=role, **more) == status
    assert len(letters()) == (status == 303)


def test_a_lead_invites_to_their_own_partner_whatever_the_form_says(app: Flask, lead: Browser):
    invite(lead, partner="wacam", country="GH")
    with acting_as(SIGN_IN), transaction() as session:
        assert [(one.partner, one.country) for one in session.scalars(select(Invitation))] == [("cedc", None)]


@pytest.mark.parametrize("email", ["", "a b@example.org", "a@example.org\r\nBcc: b@example.org", "a,b@example.org"])
def test_an_address_that_is_none_is_refused(lead: Browser, email: str):
    assert invite(lead, email) == 422


def test_who_is_in_the_team_already_is_not_invited(lead: Browser):
    assert invite(lead, an_account("partner_member").email) == 422
    assert invite(lead, an_account("reviewer").email) == 422


def test_somebody_of_another_partner_joins_with_their_account_and_switches(app: Flask, lead: Browser):
    guest = an_account("partner_lead", partner="wacam")
    assert invite(lead, guest.email) == 303
    assert Browser(app).post(link()).location == "/sign-in?done=joined"
    browser = Browser(app).sign_in(guest)
    assert "Switch to CEDC" in browser.get("/inbox").text
    with acting_as(SIGN_IN), transaction() as session:
        place = str(session.scalar(select(Membership.id)))
    assert browser.post("/account/switch", to=place).location == "/inbox"
    page = browser.get("/account").text
    assert "CEDC" in page
    assert "Switch to WACAM" in page
    assert "Make" not in browser.get("/team").text.split("<main")[1]
    assert browser.post("/account/switch", to="").status_code == 303
    assert browser.post("/account/switch", to="").status_code == 400


def test_nobody_switches_to_a_place_of_somebody_else(app: Flask, lead: Browser):
    guest = an_account(partner="wacam")
    invite(lead, guest.email)
    Browser(app).post(link())
    stranger = Browser(app).sign_in(an_account(partner="pfag"))
    for place in ("1", "", "x", "999"):
        assert stranger.post("/account/switch", to=place).status_code == 400


def test_one_person_sends_thirty_invitations_a_day(lead: Browser):
    assert {invite(lead, f"person{number}@example.com") for number in range(30)} == {303}
    assert invite(lead, "one.more@example.com") == 422


def test_inviting_takes_a_recent_proof(app: Flask, lead: Browser):
    wait(11)
    assert invite(lead) == 403
    assert letters() == []
    assert invite(lead, proof_password=PASSWORD) == 303


def test_no_token_is_stored(app: Flask, lead: Browser):
    invite(lead)
    with acting_as(SIGN_IN), transaction() as session:
        stored = session.scalars(select(Invitation)).one()
    assert link().rpartition("/")[2].encode() not in stored.token_hash
