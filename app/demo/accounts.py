"""The demo's sign-ins: one for every partner, a second one at two of them, every desk, IBP, an administrator.

All share one password that is printed and stands here for everybody to read: production refuses to start while
any of them exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.access.accounts import new_account
from app.access.models import Account, Membership
from app.directory.catalogue import Directory

PASSWORD = "where did the money stop"  # noqa: S105 - public on purpose, see above
DOMAIN = "demo.example"
STAFF_LANGUAGE = {"SN": "fr", "ID": "id"}
WITH_A_MEMBER = ("cedc", "pfag")
WITH_TWO_PARTNERS = {"pfag.member": "wacam"}
"""Somebody who works for two partners, and switches between them without signing out."""


@dataclass(frozen=True)
class DemoSignIn:
    email: str
    name: str
    role: str
    partner: str | None = None
    country: str | None = None


def add_accounts(session: Session, directory: Directory) -> None:
    """Add the demo accounts that are not there yet."""
    known = set(session.scalars(select(Account.email)))
    for person in sign_ins(directory):
        if person.email not in known:
            language = STAFF_LANGUAGE.get(person.country or "", "en")
            session.add(
                new_account(
                    person.email,
                    person.name,
                    PASSWORD,
                    person.role,
                    partner=person.partner,
                    country=person.country,
                    language=language,
                    is_demo=True,
                )
            )
    session.flush()
    _add_memberships(session)


def _add_memberships(session: Session) -> None:
    for name, partner in WITH_TWO_PARTNERS.items():
        there = Membership.account_id == Account.id, Membership.partner == partner
        alone = select(Account.id).where(Account.email == f"{name}@{DOMAIN}").outerjoin(Membership, and_(*there))
        account = session.scalar(alone.where(Membership.id.is_(None)))
        if account is not None:
            session.add(Membership(account_id=account, partner=partner, role="partner_member"))


def sign_ins(directory: Directory) -> Iterator[DemoSignIn]:
    """Who may sign in, in the order in which they are printed."""
    for partner in directory.partners:
        if partner.kind == "organisation":
            yield _lead(partner.slug, partner.acronym, partner.country)
    for slug in WITH_A_MEMBER:
        partner = directory.partner(slug)
        yield DemoSignIn(
            f"{slug}.member@{DOMAIN}", f"{partner.acronym} member", "partner_member", slug, partner.country
        )
    for country in directory.countries:
        yield DemoSignIn(f"{country.desk}@{DOMAIN}", f"{country.name} desk", "desk", country.desk, country.code)
    yield DemoSignIn(f"ibp@{DOMAIN}", "IBP reviewer", "reviewer", "ibp")
    yield DemoSignIn(f"admin@{DOMAIN}", "Administrator", "administrator")


def _lead(slug: str, acronym: str, country: str | None) -> DemoSignIn:
    return DemoSignIn(f"{slug}@{DOMAIN}", f"{acronym} lead", "partner_lead", slug, country)
