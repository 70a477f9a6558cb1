"""Leads manage the people of their own partner, administrators everybody, and nobody themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.models import AccessEvent, Account, Membership
from app.access.people import served_by
from app.database import transaction
from app.directory.current import current_directory
from app.reports.models import Report
from app.viewer import COMMAND, SIGN_IN, acting_as
from tests.app.access.browser import Browser
from tests.app.access.second_factor import enrolled
from tests.app.access.test_proof import wait
from tests.app.access.test_sign_in import is_signed_in
from tests.builders.accounts import PASSWORD, an_account
from tests.builders.letters import letters
from tests.builders.reports import a_report

ACTS = {
    "role": {"role": "partner_lead"},
    "entry-points": {"entry_point": "ke-health"},
    "disable": {"reason": "has left"},
    "enable": {},
    "take-off-factor": {"reason": "lost the telephone"},
}


def fresh(account: Account) -> Account:
    with acting_as(SIGN_IN), transaction() as session:
        return session.get_one(Account, account.id)


def events(kind: str) -> list[AccessEvent]:
    with acting_as(SIGN_IN), transaction() as session:
        return list(session.scalars(select(AccessEvent).where(AccessEvent.kind == kind)))


def two_served(app: Flask) -> tuple[str, list[str]]:
    """A partner with two entry points or more, and which."""
    with acting_as(SIGN_IN):
        directory, today = current_directory(), datetime.now(UTC).date()
    partners = ((one.slug, sorted(served_by(one.slug, directory, today))) for one in directory.partners)
    return next((slug, served) for slug, served in partners if len(served) > 1)


@pytest.fixture
def lead(app: Flask) -> Browser:
    return Browser(app).sign_in(an_account())


def test_a_member_becomes_lead_and_member_again(lead: Browser):
    member = an_account("partner_member")
    for role in ("partner_lead", "partner_member"):
        assert lead.post(f"/team/{member.id}/role", role=role).status_code == 303
        assert fresh(member).role == role


@pytest.mark.parametrize("role", ["administrator", "desk", "reviewer", "", "sign_in"])
def test_no_other_role_is_given(lead: Browser, role: str):
    member = an_account("partner_member")
    assert lead.post(f"/team/{member.id}/role", role=role).status_code == 400
    assert fresh(member).role == "partner_member"


@pytest.mark.parametrize("act", ACTS)
def test_nobody_is_managed_who_is_not_theirs(app: Flask, lead: Browser, act: str):
    for other in (
        an_account(partner="wacam"),
        an_account("desk"),
        an_account("reviewer"),
        an_account("administrator"),
    ):
        before = vars(fresh(other)).copy()
        for partner in ("", "cedc", "wacam"):
            assert lead.post(f"/team/{other.id}/{act}", partner=partner, **ACTS[act]).status_code == 404
        after = fresh(other)
        assert (after.role, after.disabled_at) == (before["role"], before["disabled_at"])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["partner_lead", "administrator"])
def test_nobody_manages_themselves(app: Flask, role: str, act: str):
    own = an_account(role)
    answer = Browser(app).sign_in(own).post(f"/team/{own.id}/{act}", **ACTS[act])
    assert answer.status_code == 404


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["partner_member", "desk", "reviewer"])
def test_others_manage_nobody(app: Flask, role: str, act: str):
    browser = Browser(app).sign_in(an_account(role))
    assert browser.post(f"/team/{an_account('partner_member').id}/{act}", **ACTS[act]).status_code == 403


def test_an_account_that_is_shut_is_signed_out_at_once_and_opened_again(app: Flask, lead: Browser):
    member = an_account("partner_member")
    browser = Browser(app).sign_in(member)
    assert lead.post(f"/team/{member.id}/disable", reason="has left").status_code == 303
    assert not is_signed_in(browser)
    assert browser.try_password(member.email, PASSWORD).status_code == 422
    assert [(one.account_id, one.reason) for one in events("disabled")] == [(member.id, "has left")]
    assert lead.post(f"/team/{member.id}/enable").status_code == 303
    assert not is_signed_in(browser)
    assert browser.try_password(member.email, PASSWORD).status_code == 303


def test_an_administrator_shuts_accounts_of_every_role(app: Flask):
    browser = Browser(app).sign_in(an_account("administrator"))
    for role in ("partner_lead", "desk", "reviewer", "administrator"):
        other = an_account(role)
        assert browser.post(f"/team/{other.id}/disable", partner=other.partner or "").status_code == 303
        assert fresh(other).disabled_at is not None


def test_a_member_is_confined_to_some_entry_points_and_sees_no_report_of_the_others(app: Flask):
    partner, (first, second, *_rest) = two_served(app)
    member, browser = (
        an_account("partner_member", partner=partner),
        Browser(app).sign_in(an_account(partner=partner)),
    )
    reports = [_report_at(slug, partner) for slug in (first, second)]
    theirs = Browser(app).sign_in(member)
    assert [theirs.get(f"/inbox/{one.reference}").status_code for one in reports] == [200, 200]
    assert browser.post(f"/team/{member.id}/entry-points", entry_point=first).status_code == 303
    assert [theirs.get(f"/inbox/{one.reference}").status_code for one in reports] == [200, 404]
    assert theirs.post(f"/inbox/{reports[1].reference}/note", note="x").status_code in (400, 404)


def test_the_team_of_several_entry_points_names_those_among_which_a_member_may_be_confined(app: Flask):
    partner, served = two_served(app)
    member = an_account("partner_member", partner=partner)
    browser = Browser(app).sign_in(an_account(partner=partner))
    with acting_as(SIGN_IN):
        names = {one.slug: one.name for one in current_directory().entry_points}
    page = browser.get("/team").text
    assert all(f">{names[slug]}</label>" in page for slug in served)
    browser.post(f"/team/{member.id}/entry-points", entry_point=served[0])
    assert f"only {names[served[0]]}" in browser.get("/team").text


def test_all_entry_points_mean_also_those_to_come_and_none_are_refused(app: Flask):
    partner, served = two_served(app)
    member, browser = (
        an_account("partner_member", partner=partner),
        Browser(app).sign_in(an_account(partner=partner)),
    )
    path = f"/team/{member.id}/entry-points"
    assert browser.post(path, entry_point="gh-mining" if "gh-mining" not in served else "x").status_code == 400
    assert browser.post(path, entry_point=served).status_code == 303
    assert fresh(member).entry_points is None


def test_a_confined_member_who_becomes_lead_is_confined_no_more(app: Flask):
    partner, served = two_served(app)
    member, browser = (
        an_account("partner_member", partner=partner),
        Browser(app).sign_in(an_account(partner=partner)),
    )
    browser.post(f"/team/{member.id}/entry-points", entry_point=served[0])
    assert fresh(member).entry_points == [served[0]]
    browser.post(f"/team/{member.id}/role", role="partner_lead")
    assert fresh(member).entry_points is None


def test_a_lost_second_factor_is_taken_off_with_a_reason_that_is_kept(app: Flask, lead: Browser):
    member, _phone, codes = enrolled(role="partner_member")
    path = f"/team/{member.id}/take-off-factor"
    assert lead.post(path, reason="  ").status_code == 400
    assert lead.post(path, reason="lost it, I called her").status_code == 303
    assert [one.reason for one in events("factor_removed")] == ["lost it, I called her"]
    assert [(letter.to, letter.purpose) for letter in letters()] == [(member.email, "account_notice")]
    assert "lost it, I called her" in lead.get("/team").text
    browser = Browser(app)
    assert browser.try_password(member.email, PASSWORD).location == "/inbox"
    assert browser.post("/sign-in/code", code=codes[0]).status_code == 303


def test_taking_it_off_takes_a_recent_proof(lead: Browser):
    member, _phone, _codes = enrolled(role="partner_member")
    wait(11)
    assert lead.post(f"/team/{member.id}/take-off-factor", reason="lost").status_code == 403
    assert fresh(member).factor_secret is not None


def test_a_guest_is_managed_here_and_their_account_at_home(app: Flask, lead: Browser):
    guest = an_account("partner_member", partner="wacam")
    with acting_as(COMMAND), transaction() as session:
        session.add(Membership(account_id=guest.id, partner="cedc", role="partner_member"))
    assert guest.name in lead.get("/team").text
    assert lead.post(f"/team/{guest.id}/disable").status_code == 404
    assert lead.post(f"/team/{guest.id}/take-off-factor", reason="x").status_code == 404
    assert lead.post(f"/team/{guest.id}/role", role="partner_lead").status_code == 303
    assert fresh(guest).role == "partner_member"
    browser = Browser(app).sign_in(guest)
    with acting_as(SIGN_IN), transaction() as session:
        place = session.scalars(select(Membership)).one()
    browser.post("/account/switch", to=str(place.id))
    assert "Invite somebody" in browser.get("/team").text
    assert lead.post(f"/team/{guest.id}/remove").status_code == 303
    assert "Invite somebody" not in browser.get("/team").text
    assert "WACAM" in browser.get("/account").text


def test_each_sees_their_own_team_with_the_last_sign_in(app: Flask, lead: Browser):
    colleague, stranger = an_account("partner_member"), an_account(partner="wacam")
    Browser(app).sign_in(colleague)
    page = lead.get("/team").text
    assert colleague.email in page
    assert stranger.email not in page
    assert "last signed in" in page


def test_an_administrator_sees_everybody_and_one_organisation_alone(app: Flask):
    ours, theirs = an_account(), an_account(partner="wacam")
    browser = Browser(app).sign_in(an_account("administrator"))
    assert all(one.email in browser.get("/team").text for one in (ours, theirs))
    page = browser.get("/team?partner=wacam").text
    assert (ours.email in page, theirs.email in page) == (False, True)


def _report_at(entry_point: str, partner: str) -> Report:
    country, sector = entry_point.split("-", 1)
    return a_report(country=country.upper(), sector=sector, entry_point=entry_point, partner=partner, flags=[])
