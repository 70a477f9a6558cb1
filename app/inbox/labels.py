"""The words that staff read for the product's own codes. A code without a label is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.access.speaking import page_language
from app.deadlines.steps import ESCALATED
from app.directory.routing import OUTSIDE_AREA, OUTSIDE_FOCUS
from app.reports.marks import HIGH, LOW, NORMAL, URGENT

STATUSES: dict[str, LazyString] = {
    "new": _("New"),
    "acknowledged": _("Taken up"),
    "needs_information": _("Needs information"),
    "in_follow_up": _("In follow-up"),
    "resolved": _("Resolved"),
    "reopened": _("Opened again"),
    "confirmed": _("Confirmed by the person"),
    "unconfirmed": _("Not confirmed"),
    "closed": _("Closed"),
    "duplicate": _("Duplicate"),
    "not_a_report": _("Not a report"),
}

CHANNELS: dict[str, LazyString] = {
    "sms": _("SMS"),
    "ussd": _("USSD"),
    "web": _("Web form"),
    "whatsapp": _("WhatsApp"),
    "staff": _("Entered by staff"),
}

FLAGS: dict[str, LazyString] = {
    OUTSIDE_AREA: _("Outside area"),
    OUTSIDE_FOCUS: _("Outside focus"),
    "incomplete": _("Incomplete"),
    "call_back": _("Asks to be called"),
    "sensitive": _("Sensitive"),
    "on_behalf": _("Reported for somebody else"),
    ESCALATED: _("Escalated to the desk"),
}

DONE: dict[str, LazyString] = {
    "status": _("The status is changed."),
    "assigned": _("It is written down who works on it."),
    "note": _("The note is kept."),
    "note_unheard": _("The note is kept. A name in it is nobody’s who works on this report: they are not told."),
    "followed": _("You follow this report."),
    "unfollowed": _("You do not follow this report any more."),
    "reply": _("The reply is kept for the person."),
    "macro": _("All of the macro is done."),
    "asked": _("The person is asked."),
    "draft": _("The draft is kept. Only you see it."),
    "discarded": _("The draft is gone."),
    "tags": _("The tags are kept."),
    "priority": _("The priority is set."),
    "snoozed": _("It is put aside until then."),
    "woken": _("It is back on the list."),
    "area": _("The place is corrected. Who gets it is settled in a moment."),
    "merged": _("The two reports are merged."),
    "unmerged": _("The report goes on by itself again."),
    "made_sensitive": _("It is sensitive now: only its readers see its words."),
    "opened_again": _("It is not sensitive any more. Everybody who works on it reads it."),
    "reader_added": _("They may read it now."),
    "reader_removed": _("They may not read it any more."),
    "redacted": _("The words stand as you left them."),
}
"""What confirms an act, by the name it has in the address of the page shown afterwards."""

GAP_KINDS: dict[str, LazyString] = {
    "absent": _("Absent"),
    "late": _("Late"),
    "short": _("Short"),
    "broken": _("Broken"),
    "overcharged": _("Overcharged"),
    "excluded": _("Excluded"),
    "diverted": _("Diverted"),
    "unsafe_quality": _("Unsafe or poor quality"),
    "no_information_or_say": _("No information or say"),
    "other": _("Other"),
}

PARTNER_ROLES: dict[str, LazyString] = {
    "movement": _("Movement: reads and answers reports"),
    "budget_technical": _("Budget analysis"),
}

ROLES: dict[str, LazyString] = {
    "partner_member": _("Partner member"),
    "partner_lead": _("Partner lead"),
    "desk": _("Country desk"),
    "reviewer": _("Reviewer"),
    "administrator": _("Administrator"),
}

READINGS: dict[str, LazyString] = {
    "words": _("the words"),
    "photo": _("a photo"),
    "original": _("the original words"),
}
"""What of a sensitive report somebody has read."""

AGES: dict[str, LazyString] = {
    "today": _("Today"),
    "week": _("Last 7 days"),
    "month": _("Last 30 days"),
    "older": _("Older than 30 days"),
}
"""How long ago a report came in."""

CALL_TIMES: dict[str, LazyString] = {
    "morning": _("in the morning"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
}

CONSENTS: dict[tuple[str, str], LazyString] = {
    ("share_words", "given"): _("Agrees that the office in charge sees them, without name and number"),
    ("share_words", "refused"): _("Does not agree that the office in charge sees them"),
    ("share_words", "withdrawn"): _("Does not agree any more that the office in charge sees them"),
    ("publish", "given"): _("Agrees that they are published, without name and number"),
    ("publish", "refused"): _("Does not agree that they are published"),
    ("publish", "withdrawn"): _("Does not agree any more that they are published"),
}
"""What a person said about their words, by purpose and act."""

DUES: dict[str, LazyString] = {
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "week": _("Due within 7 days"),
}
"""Until when something is to be done about a report."""

EVENTS: dict[str, LazyString] = {
    "filed": _("Report recorded and routed"),
    "status": _("Status changed"),
    "note": _("Private note"),
    "assigned": _("Given to somebody"),
    "sent_on": _("Sent on to somebody else"),
    "moved": _("Moved to its new place"),
    "place_corrected": _("Place corrected"),
    "rerouted": _("Routed by its new place"),
    "entered": _("Entered on the person's behalf"),
    "answer_read": _("The person asked to read the answer"),
    "wrote_more": _("The person wrote more on the website"),
    "call_asked": _("The person asks to be called"),
    "call_time": _("The person said when to call"),
    "consent": _("The person was asked what may be done with their words"),
    "words_taken_back": _("The person took their words back"),
    "photo_added": _("Photo added"),
    "photo_refused": _("A photo came that could not be kept"),
    "tags": _("Tags changed"),
    "priority": _("Priority changed"),
    "snoozed": _("Snoozed"),
    "woken": _("Brought back before its time"),
    "merged": _("Merged into another report"),
    "took_in": _("Another report was merged into this one"),
    "unmerged": _("Goes on by itself again"),
    "contact_shown": _("Number of the person shown"),
    "let_go": _("A merged report goes on by itself again"),
    "escalated": _("Overdue"),
    "bulk_taken_back": _("Note taken back"),
    "answered_more": _("The person answered our question"),
    "made_sensitive": _("Marked as sensitive"),
    "opened_again": _("Not sensitive any more"),
    "reader_added": _("May read it now"),
    "reader_removed": _("May not read it any more"),
    "redacted": _("Something in the words was blacked out"),
    "original_read": _("The original words were read"),
    "redaction_undone": _("The original words were put back"),
}

PRIORITIES: dict[int, LazyString] = {
    URGENT: _("Urgent"),
    HIGH: _("High priority"),
    NORMAL: _("Normal priority"),
    LOW: _("Low priority"),
}

WORKERS: dict[str, LazyString] = {
    "intake": _("by itself"),
    "worker": _("by itself"),
    "command": _("by an operator"),
}
"""Who acted on a timeline, where it was no person at a partner or desk."""

PURPOSES: dict[str, LazyString] = {
    "acknowledgment": _("Acknowledgment sent to the person"),
    "privacy_notice": _("Privacy notice sent to the person"),
    "question": _("Question sent to the person"),
    "update": _("Word of the new status sent to the person"),
    "answer_notice": _("Word of an answer sent to the person"),
    "answer": _("Your answer sent to the person"),
    "state": _("Status sent to the person, who asked"),
    "was_it_solved": _("Question whether it was solved sent to the person"),
    "reminder": _("Reminder sent to the person"),
}

MISSING: dict[str, LazyString] = {
    "place": _("Ask where it is"),
    "problem": _("Ask what is wrong"),
    "words": _("Ask for more words"),
}
"""What may be asked for."""

ASKED_FOR: dict[str, LazyString] = {
    "place": _("Asked the person where it is"),
    "problem": _("Asked the person what is wrong"),
    "words": _("Asked the person for more words"),
}

DELIVERY: dict[str, LazyString] = {
    "ready": _("waiting to be sent"),
    "attempting": _("being sent"),
    "unknown": _("not known whether it arrived"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "failed": _("not delivered"),
    "dead": _("not sent"),
}


def label(labels: Mapping[str, LazyString], code: str) -> str:
    """The label in the page's language."""
    return str(labels[code]) if code in labels else code.replace("_", " ").replace("-", " ")


def language_name(tag: str) -> str:
    """A language's name in the page's language: `sw` is "Swahili", `hi-Latn` is "Hindi (Latin)"."""
    names = Locale.parse(page_language())
    base, _separator, script = tag.partition("-")
    name = names.languages.get(base, tag)
    return f"{name} ({names.scripts.get(script, script)})" if script else name
