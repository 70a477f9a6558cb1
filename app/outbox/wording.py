"""What we say to citizens. Unprompted messages name no subject, sector or partner: phones are shared and seized.

Each is meant for one segment; STATUS, READ, STOP, START and HELP stay as they are in every language.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.language import mark, say

# Translators: {reference} looks like KE-7F3K9QX. Keep STATUS, READ, STOP, START and HELP in capitals, untranslated.
ACKNOWLEDGMENT = mark("Recorded: {reference}. To ask about it, text STATUS {reference}. For no more messages: STOP")
# Translators: MY DATA and DELETE stay as they are, like STATUS.
NOTICE = mark(
    "Only those who follow up your report read your words. Your number stays hidden."
    " What we keep: MY DATA. To delete it: DELETE"
)
QUESTION = mark("What is it about? Reply with one number: {choices}")
QUESTION_AGAIN = mark("Please reply with one number only: {choices}")
WHERE = mark("Where is it? Reply with one number: {choices}")
UPDATE = mark("{reference}: {state}. For no more messages: STOP")
STATE = mark("{reference}: {state}.")
ANSWER_WAITS = mark("You have an answer to {reference}. Reply READ")
NOTHING_TO_READ = mark("No answer is waiting for you.")
NOT_YOURS = mark("We find no report {reference} from this phone number.")
NO_REPORTS = mark("We find no report from this phone number.")
WRONG_REFERENCE = mark("This reference is not right. Please look at it again, for example: STATUS {example}")
HELP = mark(
    "Text us what is wrong with a public service. STATUS: where your report stands. READ: your answer."
    " STOP: no more messages."
)
# Translators: HOW, LANGUAGE, CALL ME, MY DATA and DELETE stay as they are.
MORE_HELP = mark(
    "HOW: where the money comes from. LANGUAGE: change it. CALL ME: ask for a call. MY DATA: what we keep."
    " DELETE: delete it."
)
NOTHING_UNDERSTOOD = mark(
    "Tell us in your own words what is wrong with a public service, and where. To learn more: HELP"
)
STARTED = mark("You will get messages again. For no more messages: STOP")

# Translators: asked when a report does not say enough. Name nothing that the report is about.
MISSING = {
    "place": mark("{reference}: where is it? Please reply with the name of the place."),
    "problem": mark("{reference}: what is wrong there? Please reply in a few words."),
    "words": mark("{reference}: please tell us a little more, in your own words."),
}
"""What may be asked for, once a report is filed."""

SECTORS = {
    "health": mark("Health"),
    "water-sanitation": mark("Water, toilets"),
    "education": mark("School, study"),
    "agriculture": mark("Farming"),
    "mining": mark("Mining"),
    "fishing": mark("Fishing"),
    "social-assistance": mark("Social support"),
    "other": mark("Something else"),
}

STATES = {
    "new": mark("recorded, waiting for a person"),
    "acknowledged": mark("a person has taken it up"),
    "needs_information": mark("we need to ask you something"),
    "in_follow_up": mark("being followed up"),
    "resolved": mark("said to be solved"),
    "reopened": mark("opened again"),
    "confirmed": mark("you confirmed it is solved"),
    "unconfirmed": mark("closed without your answer"),
    "closed": mark("closed"),
    "duplicate": mark("joined with an earlier report"),
    "not_a_report": mark("not taken up as a report"),
}


def acknowledgment(language: str, reference: str) -> str:
    return say(language, ACKNOWLEDGMENT, reference=reference)


def question(language: str, sectors: Sequence[str], again: bool) -> str:
    """Ask which of these sectors it is, numbered from 1 in this order."""
    choices = " ".join(f"{n} {say(language, SECTORS[sector])}" for n, sector in enumerate(sectors, 1))
    return say(language, QUESTION_AGAIN if again else QUESTION, choices=choices)


def update(language: str, reference: str, status: str) -> str:
    return say(language, UPDATE, reference=reference, state=say(language, STATES[status]))


def state(language: str, reference: str, status: str) -> str:
    return say(language, STATE, reference=reference, state=say(language, STATES[status]))
