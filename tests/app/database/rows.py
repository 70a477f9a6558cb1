"""Rows of two partners, a desk and the reviewer for every table, and whose own each is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, func, select

from app.access.models import Account, Membership
from app.api.models import ApiToken
from app.database import transaction
from app.deadlines.models import DeadlinePlan, DeadlinePlanVersion
from app.deadlines.plan import to_document, usual_plan
from app.directory.models import (
    AreaRow,
    DirectoryDocument,
    DirectoryEdition,
    DirectoryVersion,
    ProblemTypeRow,
    WordRow,
)
from app.entering.models import EnteredSheet
from app.exports.models import Export
from app.followup.models import Case
from app.gaps.models import Gap, Member
from app.hooks.models import Hook, HookDelivery
from app.inbox.beside.models import Draft
from app.inbox.bulk.models import BulkAct, BulkItem
from app.inbox.following.models import Follow, LetterChoice, Notice, usual_choice
from app.inbox.macros.models import Macro
from app.inbox.models import InboxHabit, Look, SavedView
from app.mail.models import OutgoingLetter
from app.models import METADATA
from app.photos.models import Photo
from app.reports.locations import ReportLocation
from app.reports.models import Answer, IncomingMessage, Report
from app.reports.reveals import ContactReveal
from app.translating.models import LanguageSignOff, TextCorrection
from app.viewer import MIGRATION, ROLES, acting_as
from tests.app.database.filling import fill
from tests.app.database.leaving import add_what_leaves
from tests.app.database.rows_of_inbox import add_bulk_acts, add_macros, add_people_beside
from tests.app.database.sealed_rows import add_sealed
from tests.builders.accounts import an_account
from tests.builders.reports import a_report

Owners = frozenset[str]
Owned = dict[tuple[str, Any], Owners]
"""Whose own a row is, by the column that points to it and its identifier."""

OURS, THEIRS, BESIDE = "ke-health", "gh-mining", "ke-water-sanitation"
PARTNER, DESK, REVIEWER = (
    frozenset({"partner_member", "partner_lead"}),
    frozenset({"desk"}),
    frozenset({"reviewer"}),
)
NOBODY: Owners = frozenset()
PLAN = to_document(usual_plan("KE", "Africa/Nairobi"))

LEAD = frozenset({"partner_lead"})
NEW = datetime(2026, 3, 1, tzinfo=UTC)
OF_LEADS: dict[type, Callable[[Any], bool]] = {
    AreaRow: lambda row: row.country == "KE",
    DirectoryDocument: lambda row: row.country == "KE",
    DirectoryVersion: lambda row: row.country == "KE",
    DirectoryEdition: lambda row: True,
    ProblemTypeRow: lambda row: row.entry_point == OURS,
    TextCorrection: lambda row: row.country == "KE",
    LanguageSignOff: lambda row: row.country == "KE",
    DeadlinePlan: lambda row: row.partner == "cedc",
    DeadlinePlanVersion: lambda row: row.partner == "cedc",
    Hook: lambda row: row.partner == "cedc",
    HookDelivery: lambda row: row.partner == "cedc",
    ApiToken: lambda row: row.partner == "cedc",
    WordRow: lambda row: (row.country, row.sector) == ("KE", "health"),
}
"""Which rows of the directory are a lead's own."""

OF_ONE_PERSON = (
    *(Look, InboxHabit, SavedView, BulkAct, BulkItem, Export, Draft, EnteredSheet, ContactReveal),
    *(Notice, LetterChoice),
)
"""These hang on an account, and are nobody else's, not even its colleagues'."""

POINTERS = ("case_id", "gap_id", "report_id", "message_id", "by_account")
"""What a row hangs on, the nearest first."""


def add_accounts() -> dict[str, Account]:
    """One for each role."""
    return {kind: an_account(kind, country="KE" if kind == "desk" else None) for kind in sorted(ROLES)}


def add_rows(accounts: dict[str, Account]) -> Owned:
    """Fill every table; returns whose own the rows are that others hang on."""
    reports = _reports()
    ours, theirs = list(reports)[:2]
    gaps = {_gap(OURS, "KE", ours): PARTNER, _gap(THEIRS, "GH", theirs): NOBODY}
    cases = dict(zip(map(_case, gaps, ("partner", "shared")), (PARTNER, REVIEWER), strict=True))
    _answer(reports)
    _letters(accounts)
    guests = _guests()
    add_bulk_acts(accounts, ours)
    add_people_beside(accounts, reports)
    add_macros()
    _locations(reports)
    add_sealed(reports, accounts["reviewer"].id, BESIDE)
    _remembered(accounts, ours)
    _reveals(reports, accounts)
    _follows(reports, accounts)
    _plans()
    add_what_leaves(accounts)
    _fill_what_is_empty(cases)
    people = {account.id: PARTNER if kind in PARTNER else frozenset({kind}) for kind, account in accounts.items()}
    owned = {
        "person": {account.id: frozenset({kind}) for kind, account in accounts.items()},
        "report_id": reports,
        "message_id": _photos(reports),
        "gap_id": gaps,
        "case_id": cases,
        "account_id": people | guests,
        "by_account": {account.id: frozenset({kind}) for kind, account in accounts.items()},
    }
    return {(name, key): owners for name, rows in owned.items() for key, owners in rows.items()}


def owners_of(row: Any, owned: Owned) -> Owners:
    """Whose own this row is."""
    if isinstance(row, Membership):
        return PARTNER if row.partner == "cedc" else NOBODY
    if isinstance(row, Macro):
        return {"cedc": PARTNER, "ke-desk": DESK}.get(row.place, NOBODY)
    if isinstance(row, OF_ONE_PERSON):
        return owned["person", row.account_id]
    if type(row) in OF_LEADS:
        return LEAD if OF_LEADS[type(row)](row) else NOBODY
    itself = {Account: "account_id", Report: "report_id", Gap: "gap_id", Case: "case_id"}.get(type(row))
    if itself:
        return owned[itself, row.id]
    pointer = next((name for name in POINTERS if getattr(row, name, None) is not None), "")
    return owned.get((pointer, getattr(row, pointer, None)), NOBODY)


def _reports() -> dict[UUID, Owners]:
    return {
        a_report(flags=[]).id: PARTNER,
        a_report(country="GH", entry_point=THEIRS, sector="mining", partner="wacam", flags=[]).id: NOBODY,
        a_report(entry_point=None, sector="other", partner="ke-desk", flags=[]).id: DESK,
        a_report(
            country="GH", entry_point=None, sector="other", partner="gh-desk", flags=["outside_area"]
        ).id: NOBODY,
        a_report(entry_point=BESIDE, sector="water-sanitation", flags=["outside_area"]).id: DESK,
    }


def _gap(entry_point: str, country: str, report: UUID) -> UUID:
    gap = Gap(id=uuid4(), key=entry_point, country=country, sector="health", entry_point=entry_point)
    with acting_as(MIGRATION), transaction() as session:
        seen_at = session.get_one(Report, report).created_at
        session.add(gap)
        session.add(Member(gap=gap, report_id=report, seen_at=seen_at))
    return gap.id


def _case(gap_id: UUID, visibility: str) -> int:
    with acting_as(MIGRATION), transaction() as session:
        gap = session.get_one(Gap, gap_id)
        case = Case(
            gap_id=gap_id,
            country=gap.country,
            sector=gap.sector,
            entry_point=gap.entry_point,
            owner="cedc",
            visibility=visibility,
            statement="The drugs were paid for and never came.",
        )
        session.add(case)
        session.flush()
        return case.id


def _answer(reports: Iterable[UUID]) -> None:
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(Answer(report_id=report, body="It is on its way.", by="cedc: lead") for report in reports)


def _guests() -> dict[int, Owners]:
    """Two people of another partner: one who also serves ours, and one who serves a third."""
    guests = {an_account("partner_member", partner="wacam").id: at for at in ("cedc", "pfag")}
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(
            Membership(account_id=guest, partner=at, role="partner_member") for guest, at in guests.items()
        )
    return {guest: PARTNER if at == "cedc" else NOBODY for guest, at in guests.items()}


def _letters(accounts: dict[str, Account]) -> None:
    """One that each person caused."""
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(
            OutgoingLetter(key=f"mention:{kind}", purpose="mention", by_account=account.id, content=b"sealed")
            for kind, account in accounts.items()
        )


def _locations(reports: Iterable[UUID]) -> None:
    with acting_as(MIGRATION), transaction() as session:
        session.add_all(ReportLocation(report_id=report, sealed=b"sealed") for report in reports)


def _remembered(accounts: dict[str, Account], report: UUID) -> None:
    """What the inbox remembers of everybody, also of those who have none. A shared view: test_views.py."""
    with acting_as(MIGRATION), transaction() as session:
        for account in accounts.values():
            session.add(Look(account_id=account.id, report_id=report))
            session.add(InboxHabit(account_id=account.id, views=[]))
            session.add(usual_choice(account.id))
            session.add(Notice(account_id=account.id, report_id=report, event_id=1, kind="said", at=NEW))
            session.add(SavedView(account_id=account.id, name="Drugs", query="tab=open"))


def _reveals(reports: dict[UUID, Owners], accounts: dict[str, Account]) -> None:
    """Of each person and report, at a place of nobody's; not opened yet where the report is theirs. What leads see:
    tests/app/inbox/test_revealing.py."""
    with acting_as(MIGRATION), transaction() as session:
        for report, kind in product([session.get_one(Report, one) for one in reports], accounts):
            contact = report.contact_id if kind in reports[report.id] else None
            about = {"report_id": report.id, "reference": report.reference, "contact_id": contact}
            who = {"account_id": accounts[kind].id, "place": f"place-{kind}", "by": "x"}
            session.add(ContactReveal(**about, **who, why="asked", reason=""))


def _follows(reports: Iterable[UUID], accounts: dict[str, Account]) -> None:
    """Who follows a report is seen by whoever sees the report."""
    with acting_as(MIGRATION), transaction() as session:
        someone = accounts["partner_lead"].id
        session.add_all(Follow(report_id=report, account_id=someone, follows=True) for report in reports)


def _plans() -> None:
    """Of our partner and of another, each with its history."""
    with acting_as(MIGRATION), transaction() as session:
        for partner, country in (("cedc", "KE"), ("wacam", "GH")):
            session.add(DeadlinePlan(partner=partner, country=country, document=PLAN, version=1))
            session.add(DeadlinePlanVersion(partner=partner, kind="hours", by="x", document=PLAN))


def _photos(reports: dict[UUID, Owners]) -> dict[UUID, Owners]:
    """One with the message of each report; returns whose own the messages are."""
    with acting_as(MIGRATION), transaction() as session:
        said = session.scalars(select(IncomingMessage).where(IncomingMessage.report_id.in_(reports))).all()
        session.add_all(
            Photo(message_id=one.id, full=b"sealed", small=b"sealed", width=1, height=1) for one in said
        )
        return {one.id: reports[one.report_id] for one in said if one.report_id}


def _fill_what_is_empty(cases: Iterable[int]) -> None:
    with acting_as(MIGRATION), transaction() as session:
        connection = session.connection()
        for table in METADATA.sorted_tables:
            if not connection.scalar(select(func.count()).select_from(table)):
                _fill(connection, table, cases)


def _fill(connection: Connection, table: Table, cases: Iterable[int]) -> None:
    """What belongs to cases gets a row for each of them."""
    if "case_id" not in table.columns:
        fill(connection, table)
        return
    for case in cases:
        fill(connection, table, case_id=case)
