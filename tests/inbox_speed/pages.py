"""The pages that are measured: by name, where they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from app.database import transaction
from app.reports.models import Report
from app.viewer import Viewer, acting_as

LONG_AGO = datetime.now(UTC).date() - timedelta(days=300)

LISTS = {
    "first page": "",
    "everything": "tab=all",
    "mine": "tab=mine",
    "nobody's": "tab=unassigned",
    "needs information": "tab=needs_information",
    "overdue": "tab=overdue",
    "snoozed": "tab=snoozed",
    "oldest": "sort=oldest",
    "everything, oldest": "tab=all&sort=oldest",
    "most urgent": "sort=priority",
    "due first": "sort=due",
    "longest untouched": "sort=untouched",
    "problem": "problem_type=ke-health/no-drugs",
    "problem, everything": "tab=all&problem_type=ke-health/no-drugs",
    "problem, oldest": "tab=all&problem_type=ke-health/no-drugs&sort=oldest",
    "a seldom problem": "problem_type=ke-health/ambulance",
    "a seldom problem, everything": "tab=all&problem_type=ke-health/ambulance",
    "area": "area=KE-07",
    "area, everything": "tab=all&area=KE-07",
    "area, most urgent": "area=KE-07&sort=priority",
    "a seldom area, everything": "tab=all&area=KE-47",
    "problem and area": "problem_type=ke-health/no-drugs&area=KE-07",
    "problem and area, everything": "tab=all&problem_type=ke-health/no-drugs&area=KE-07",
    "channel, everything": "tab=all&channel=ussd",
    "a seldom channel, everything": "tab=all&channel=staff",
    "no such channel, everything": "tab=all&channel=whatsapp",
    "language": "language=sw",
    "language, everything": "tab=all&language=sw",
    "a seldom language": "language=fr",
    "a seldom language, everything": "tab=all&language=fr",
    "channel and language": "channel=ussd&language=sw",
    "status and channel": "status=reopened&channel=ussd",
    "status and channel, ended": "tab=all&status=unconfirmed&channel=web",
    "two statuses": "status=duplicate&status=not_a_report",
    "closed": "tab=all&status=closed",
    "today": "age=today",
    "today, everything": "tab=all&age=today",
    "older": "tab=all&age=older",
    "two days long ago": f"tab=all&since={LONG_AGO}&until={LONG_AGO + timedelta(days=1)}",
    "due today": "due=today",
    "overdue by filter, everything": "tab=all&due=overdue",
    "a colleague's": "assigned=2",
    "a colleague's, everything": "tab=all&assigned=2",
    "nobody's, everything": "tab=all&assigned=nobody",
    "urgent": "priority=1",
    "urgent, everything": "tab=all&priority=1",
    "a tag": "tag=radio",
    "a tag, everything": "tab=all&tag=radio",
    "a rare tag": "tag=court case",
    "a rare tag, everything": "tab=all&tag=court case",
    "asks to be called": "flag=call_back",
    "asks to be called, everything": "tab=all&flag=call_back",
    "no such flag, everything": "tab=all&flag=on_behalf",
    "with a photo": "photo=yes",
    "with a photo, everything": "tab=all&photo=yes",
    "sensitive": "sensitive=yes",
    "sensitive, everything": "tab=all&sensitive=yes",
    "unread": "unread=yes",
    "unread, everything": "tab=all&unread=yes",
    "a common word": "tab=all&q=dawa",
    "a common word, open": "q=dawa",
    "a common word, oldest": "tab=all&q=dawa&sort=oldest",
    "two common words": "tab=all&q=dawa nurse",
    "one letter": "tab=all&q=d",
    "a middling word": "tab=all&q=kata",
    "a middling word, open": "q=kata",
    "a word of long ago": "tab=all&q=cholera",
    "a word of long ago, open": "q=cholera",
    "a rare word": "tab=all&q=nyuwamanyu",
    "no such word": "tab=all&q=zzzz",
    "a common word and an area": "tab=all&q=dawa&area=KE-07",
}
"""Filters and order of the list."""

OTHERS: dict[str, Callable[[Viewer], str]] = {
    "an open report": lambda viewer: f"/inbox/{_newest(viewer, Report.status == 'new')}",
    "an ended report": lambda viewer: f"/inbox/{_newest(viewer, Report.status == 'closed')}",
    "for me": lambda _viewer: "/inbox/for-me",
    "for me, of a kind": lambda _viewer: "/inbox/for-me?kind=mention",
    "for me, long ago": lambda _viewer: "/inbox/for-me?before=100000",
}


def addresses(viewer: Viewer) -> dict[str, str]:
    """By name, the addresses of all of them for somebody who is this viewer."""
    lists = {name: f"/inbox?{query}" for name, query in LISTS.items()}
    return lists | {name: where(viewer) for name, where in OTHERS.items()}


def _newest(viewer: Viewer, *such: object) -> str:
    """The reference of the newest such report that this viewer sees and may open."""
    found = select(Report.reference).where(Report.sealed.is_not(True), Report.area == "KE-07", *such)
    with acting_as(viewer), transaction() as session:
        return session.scalars(found.order_by(Report.created_at.desc()).limit(1)).one()
