"""What each form says when it is sent as it is meant: a refusal then comes from who asks, and from nothing else.

Names in braces are those of the world. Pages of the directory are sent as they open, with what is changed here.
"""

from __future__ import annotations

import re
import uuid
from io import BytesIO
from typing import Any

from app.access.models import Account
from tests.app.access.matrix.cases import FIGURE, STATEMENT
from tests.app.access.matrix.world import TOLD, World
from tests.app.admin.test_editing_pages import fields_of
from tests.builders.accounts import PASSWORD

Form = dict[str, Any]

LETTERS = {"mention": "never", "assigned": "never", "followed": "never", "new_reports": "never", "rhythm": "weekly"}

OF_REPORTS: dict[str, Form] = {
    "inbox.change_status": {"was": "new", "status": "acknowledged"},
    "inbox.note": {"note": "We called the office."},
    "inbox.reply": {"reply": "The gloves come on Monday."},
    "inbox.assign": {"to": "{me}"},
    "inbox.correct_area": {"was": "", "area": "IN-MH", "area_reason": "they said so"},
    "inbox.send_on": {"place": "desk", "send_reason": "not ours"},
    "asking.ask": {"what": "place"},
    "beside.beside": {},
    "beside.keep": {"note": "not finished"},
    "beside.discard": {},
    "following.follow_report": {"follows": "yes"},
    "macros.run": {"macro": "{macro}"},
    "marks.tag": {"new_tags": "gloves"},
    "marks.prioritise": {"priority": "1"},
    "marks.snooze": {"snooze": "7"},
    "marks.wake": {},
    "merging.merge": {"other": "{other}", "stays": "other", "merge_reason": "the same"},
    "merging.unmerge": {"unmerge_reason": "not the same"},
    "redacting.redact": {"marked": TOLD, "number": "98101 23456"},
    "redacting.restore": {"reason": "the wrong number"},
    "redacting.original": {"reason": "we must call"},
    "reveals.reveal": {"why": "asked"},
    "secrecy.make_sensitive": {"secrecy": "they name somebody"},
    "secrecy.open_again": {"secrecy": "nobody is named"},
    "secrecy.let_read": {"reader": "{member}"},
    "secrecy.let_read_no_more": {"reader": "{colleague}"},
}

OF_THE_INBOX: dict[str, Form] = {
    "bulk.ask": {"chosen": "{report}", "priority": "1"},
    "bulk.undo": {},
    "exports.order": {"tab": "all", "kind": "csv", "reason": "for the meeting"},
    "exports.fetch_with_contacts": {},
    "following.read_everything": {},
    "following.choose_letters": LETTERS,
    "macros.make": {"name": "Another", "priority": "1"},
    "macros.change": {"name": "Thank them well", "priority": "2"},
    "macros.delete": {},
    "views.save": {"name": "Mine", "tab": "all"},
    "views.delete": {},
    "views.up": {},
    "views.open_with": {},
    "views.read_everything": {},
    "entering.enter_one": {"about": "water-sanitation", "words": "No gloves for a year.", "language": "en"},
    "entering.look_through": {"sheet": (b"about,words\r\nwater-sanitation,no gloves", "a.csv")},
    "entering.confirm": {},
}

OF_CASES: dict[str, Form] = {
    "cases.open_case": {"statement": STATEMENT},
    "cases.facts": {"statement": "No gloves came in a year."},
    "cases.cause": {"cause": "not_spent", "confidence": "low", "why": "the accounts say so"},
    "cases.figure": FIGURE,
    "cases.action": {
        "action_kind": "budget_memo",
        "recipient": "Budget office",
        "about": "Spend it.",
        "sent_on": "2026-11-02",
        "due_on": "2026-11-30",
    },
    "cases.response": {"response_kind": "fixed_claimed", "sender": "The office", "said": "They came."},
    "cases.state": {"was": "forming", "state": "parked", "reason": "later"},
    "cases.take_back": {"finding": "{figure}", "wrong_because": "a typing mistake"},
    "cases.note": {"note": "We called the office."},
}

OF_PARTNERS: dict[str, Form] = {
    "hooks.register": {"url": "https://hooks.example.org/more", "events": "report.filed"},
    "hooks.rotate": {},
    "hooks.test": {},
    "hooks.switch": {},
    "hooks.delete": {},
    "tokens.revoke": {},
    "tokens.make": {"name": "Another", "scopes": "reports:read", "days": "30"},
    "deadlines.hours": {
        "base": "{plan}",
        "weekday": "0",
        "opens": "07:30",
        "closes": "16:00",
        "zone": "Asia/Kolkata",
    },
    "deadlines.add_day": {"base": "{plan}", "day": "{holiday}", "name": "Another day"},
    "deadlines.work_on": {"base": "{plan}"},
    "deadlines.rest_on": {"base": "{plan}"},
    "deadlines.limits": {"base": "{plan}", "first_answer": "4", "first_answer_unit": "h"},
    "deadlines.go_back": {"base": "{plan}"},
    "team_inviting.send": {"email": "somebody@example.org", "role": "{invited}", "partner": "ska", "country": "IN"},
    "team_inviting.withdraw": {},
    "team_managing.role": {"partner": "ska", "role": "partner_lead"},
    "team_managing.entry_points": {"partner": "ska", "entry_point": "in-water-sanitation"},
    "team_managing.disable": {"partner": "ska", "reason": "has left"},
    "team_managing.enable": {"partner": "ska"},
    "team_managing.remove": {"partner": "ska"},
    "team_managing.take_off_factor": {"partner": "ska", "reason": "has lost the telephone"},
    "absence.go_away": {"from": "2030-01-01", "until": "2030-01-09", "to": "{mate}"},
    "absence.come_back": {},
}

OF_ONESELF: dict[str, Form] = {
    "own.change_password": {"password": "quite another set of words"},
    "own.end_session": {},
    "own.end_other_sessions": {},
    "own.switch": {"to": "{seat}"},
    "own_factor.prove_now": {"proof_password": PASSWORD},
    "own_factor.begin": {},
    "own_factor.confirm": {},
    "own_factor.new_codes": {},
}

OF_THE_DIRECTORY: dict[str, Form] = {
    "directory_editing.problems": {"name-0": "Not in the survey"},
    "directory_editing.answers": {"text-0-en": "We have asked again."},
    "directory_editing.words": {"words.any": "dastane nahi"},
    "directory_editing.places": {"names": "Gangapur Naya"},
    "directory_editing.sheet_import": {"sheet": "{sheet}"},
    "directory_editing.undo": {},
    "directory_editing.why": {"country": "IN", "sector": "health"},
    "directory_admin.elsewhere": {"words.any": "khadaan"},
    "directory_admin.country_facts": {"name": "Bharat"},
    "directory_admin.partners": {"name-0": "Another name"},
    "directory_admin.document": {"text": "{document}"},
    "directory_admin.entry_facts": {"focus": "Safety of sanitation workers"},
    "directory_admin.money": {"name-0": "Another programme"},
    "directory_admin.serving": {"office-0": "Delhi"},
    "directory_admin.go_back": {},
    "learning.learn": {"words": "dastana"},
    "translating.correct": {"said": "{said}", "why": "clearer"},
    "translating.sign_off": {"act": "sign"},
}
"""Opened first, and sent as they were but for this."""

NAMED = re.compile(r"\{\w+\}")

FORMS = OF_REPORTS | OF_THE_INBOX | OF_CASES | OF_PARTNERS | OF_ONESELF

OPENED_BY = ("lead", "admin")
"""Who has a page of the directory open whose form somebody else then sends: the first who may."""


def filled_in(world: World, endpoint: str, path: str) -> Form:
    """The fields of the endpoint's form, at this path, before anybody sends it."""
    if endpoint not in OF_THE_DIRECTORY:
        return FORMS.get(endpoint, {})
    return _opened(world, path) | {"why": "they told us", "act": "save"} | OF_THE_DIRECTORY[endpoint]


def as_sent_by(world: World, form: Form, who: str) -> Form:
    """The form with a number of its own, and with what is this person's own."""
    account = world.people[who].account
    own = {"me": account.id if account else "", "mate": world.mate_of(who), "invited": _invited(account)}
    names = world.names | own
    return {"form": str(uuid.uuid4())} | {name: _told(value, names) for name, value in form.items()}


def _opened(world: World, path: str) -> Form:
    """As it opens for the first who may open it, without the token, which is everybody's own."""
    pages = (world.people[who].get(path) for who in OPENED_BY)
    page = next((page for page in pages if page.status_code == 200), None)
    fields = fields_of(page.text) if page and '<form method="post"' in page.text else {}
    return {name: value for name, value in fields.items() if name != "csrf_token"}


def _told(value: Any, names: dict[str, Any]) -> Any:
    if isinstance(value, tuple):
        return (BytesIO(value[0]), value[1])
    return value.format(**names) if isinstance(value, str) and NAMED.fullmatch(value) else value


def _invited(account: Account | None) -> str:
    """Desks invite to desks, everybody else to a partner."""
    return "desk" if account and account.role == "desk" else "partner_member"
