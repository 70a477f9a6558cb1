"""The words that staff read for the codes of cases, and what citizens are asked."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.budgets.wording import LEVELS as LEVELS
from app.language import mark

# Translators: {reference} looks like KE-7F3K9QX. People answer with the number, or with their word for yes or no.
WAS_IT_SOLVED = mark("{reference}: was it solved? Reply 1 yes, 2 no, 3 partly. For no more messages: STOP")
STILL_ASKING = mark("{reference}: please tell us, was it solved? 1 yes, 2 no, 3 partly. For no more messages: STOP")

STATES: dict[str, LazyString] = {
    "forming": _("Forming"),
    "stated": _("Stated"),
    "diagnosing": _("Looking for the cause"),
    "evidenced": _("Evidence found"),
    "acting": _("Acting"),
    "responded": _("Office responded"),
    "promised": _("Promised"),
    "partly_fixed": _("Said to be partly fixed"),
    "fixed_claimed": _("Said to be fixed"),
    "refused": _("Refused"),
    "verifying": _("Asking people"),
    "verified": _("Verified by people"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
    "parked": _("Parked"),
    "merged": _("Merged with another case"),
    "referred": _("Referred elsewhere"),
}

PHASES: dict[str, LazyString] = {
    "proposed": _("Proposed"),
    "approved": _("Approved"),
    "revised": _("Revised"),
    "released": _("Released"),
    "committed": _("Committed"),
    "executed": _("Spent or delivered"),
    "audited": _("Audited"),
}

ACTIONS: dict[str, LazyString] = {
    "information_request": _("Information request"),
    "meeting": _("Meeting"),
    "petition": _("Petition"),
    "budget_memo": _("Budget memo"),
    "hearing": _("Hearing"),
    "audit_submission": _("Submission to the auditor"),
    "ombudsman": _("Ombudsman"),
    "legislator_question": _("Question by a legislator"),
    "media": _("Media"),
    "social_audit": _("Social audit"),
    "scorecard": _("Scorecard"),
    "litigation_referral": _("Referral for litigation"),
}

ACTION_STATES: dict[str, LazyString] = {
    "open": _("Waiting for an answer"),
    "answered": _("Answered"),
    "no_response": _("No response"),
    "withdrawn": _("Withdrawn"),
}

RESPONSES: dict[str, LazyString] = {
    "promised": _("A promise"),
    "partly_fixed": _("It is partly fixed"),
    "fixed_claimed": _("It is fixed"),
    "refused": _("A refusal"),
    "information": _("Information"),
}

SAFETY: dict[str, LazyString] = {
    "ordinary": _("Ordinary"),
    "careful": _("Careful: naming the place could harm people"),
}

VISIBILITY: dict[str, LazyString] = {
    "partner": _("Only partners at this entry point"),
    "shared": _("Shared with IBP: never words of people, numbers or places"),
}

ANSWERS: dict[str, LazyString] = {
    "yes": _("Somebody said: yes, solved"),
    "no": _("Somebody said: no, not solved"),
    "partly": _("Somebody said: partly solved"),
}

EVENTS: dict[str, LazyString] = {
    "opened": _("Case opened"),
    "facts": _("Facts changed"),
    "hypothesis": _("Cause suspected"),
    "figure": _("Figure added"),
    "action": _("Action taken"),
    "response": _("Response written down"),
    "no_response": _("No response by the due date"),
    "taken_back": _("Taken back"),
    "note": _("Note"),
    "asked": _("People asked whether it was solved"),
}

PARTS: dict[str, LazyString] = {
    "figure": _("Figure"),
    "cause": _("Cause"),
    "action": _("Action"),
    "response": _("Response"),
}

SCALES: tuple[tuple[str, LazyString], ...] = (
    ("1", _("as written")),
    ("1000", _("thousand")),
    ("100000", _("lakh")),
    ("1000000", _("million")),
    ("10000000", _("crore")),
    ("1000000000", _("billion")),
)


def label(labels: dict[str, LazyString], code: str) -> str:
    """The label in the page's language; a code without one as it is."""
    return str(labels[code]) if code in labels else code.replace("_", " ")
