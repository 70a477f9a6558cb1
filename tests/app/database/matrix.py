"""Who sees and who writes the rows of each model: the whole of the permissions, in one table.

A model that is missing here fails `test_matrix.py`, so a new one has to say whom it is for.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.viewer import ROLES, WORK

EVERYBODY = ROLES | WORK
TRIAGE = frozenset({"partner_member", "partner_lead", "desk"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Access:
    """Kinds of viewers: who sees every row, who sees only their own, and who may write what they see.

    `walled` is what everybody sees but PostgreSQL lets not everybody write.
    `own_writers` write only what is their own of the rows that they see.
    """

    all: frozenset[str]
    own: frozenset[str]
    writers: frozenset[str]
    walled: bool = False
    own_writers: frozenset[str] = NOBODY

    @property
    def is_public(self) -> bool:
        return self.all == EVERYBODY and not self.walled


def kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


FILE = kinds("intake worker command migration")
ANSWER = kinds("intake worker migration")
SIGN_IN = kinds("sign_in migration")
COUNT = kinds("sign_in worker migration")
MANAGE = kinds("sign_in command administrator migration")
GATHER = kinds("worker command migration")
PARTNERS, REVIEWER = kinds("partner_member partner_lead"), kinds("reviewer")
ADD = kinds("sign_in command migration")
POST = kinds("sign_in worker command migration")
EDIT = kinds("command administrator migration")

OF_A_REPORT = Access(all=FILE, own=TRIAGE, writers=FILE | TRIAGE)
OF_A_CONTACT = Access(all=ANSWER, own=NOBODY, writers=ANSWER)
OF_AN_ENTRY_POINT = Access(all=GATHER, own=PARTNERS, writers=GATHER | PARTNERS)
OF_A_CASE = Access(all=GATHER, own=PARTNERS | REVIEWER, writers=GATHER | PARTNERS)
OF_SIGNING_IN = Access(all=SIGN_IN, own=NOBODY, writers=SIGN_IN)
PUBLISHED = Access(all=EVERYBODY, own=NOBODY, writers=GATHER, walled=True)
OF_A_PERSON = Access(all=GATHER, own=TRIAGE, writers=GATHER | TRIAGE)
LEAD = kinds("partner_lead")
OF_THE_DIRECTORY = Access(all=EVERYBODY, own=NOBODY, writers=EDIT)
EDITED_BY_LEADS = Access(all=EVERYBODY, own=NOBODY, writers=EDIT, own_writers=LEAD)
CORRECTED = Access(all=EVERYBODY, own=NOBODY, writers=EDIT, walled=True, own_writers=LEAD)

MATRIX = {
    "Report": OF_A_REPORT,
    "IncomingMessage": OF_A_REPORT,
    "OutgoingMessage": OF_A_REPORT,
    "Event": OF_A_REPORT,
    "Answer": OF_A_REPORT,
    "Presence": OF_A_REPORT,
    "Follow": OF_A_REPORT,
    "Contact": OF_A_CONTACT,
    "OpenQuestion": OF_A_CONTACT,
    "Consent": OF_A_CONTACT,
    "MenuSession": OF_A_CONTACT,
    "MessagePart": OF_A_CONTACT,
    "TrackingSecret": OF_A_CONTACT,
    "WebTry": OF_A_CONTACT,
    "EarlyReceipt": OF_A_CONTACT,
    "WaitingPhoto": OF_A_CONTACT,
    "Photo": Access(all=ANSWER, own=TRIAGE, writers=ANSWER),
    "SealedText": Access(all=ANSWER, own=TRIAGE, writers=ANSWER | TRIAGE),
    "SealedReading": OF_A_REPORT,
    "ReportReader": Access(all=ANSWER, own=TRIAGE, writers=ANSWER, own_writers=kinds("partner_lead desk")),
    "ReportLocation": Access(all=ANSWER, own=TRIAGE, writers=ANSWER),
    "Gap": OF_AN_ENTRY_POINT,
    "Member": Access(all=GATHER, own=PARTNERS, writers=GATHER),
    "Case": OF_A_CASE,
    "Hypothesis": OF_A_CASE,
    "Figure": OF_A_CASE,
    "Action": OF_A_CASE,
    "Response": OF_A_CASE,
    "CaseEvent": OF_AN_ENTRY_POINT,
    "FixQuestion": Access(all=FILE, own=PARTNERS, writers=FILE | PARTNERS),
    "MonthlyCount": Access(all=GATHER, own=NOBODY, writers=GATHER),
    "Edition": PUBLISHED,
    "PublishedCount": PUBLISHED,
    "OutgoingLetter": Access(all=POST, own=ROLES, writers=POST | ROLES),
    **dict.fromkeys(("Look", "InboxHabit", "SavedView", "BulkAct", "BulkItem", "Draft"), OF_A_PERSON),
    **dict.fromkeys(("Notice", "LetterChoice"), OF_A_PERSON),
    "Export": OF_A_PERSON,
    "EnteredSheet": OF_A_PERSON,
    "ContactReveal": Access(all=FILE | {"administrator"}, own=TRIAGE, writers=FILE, own_writers=TRIAGE),
    **dict.fromkeys(("Hook", "HookDelivery"), Access(all=GATHER, own=LEAD, writers=GATHER | LEAD)),
    "ApiToken": Access(all=ADD, own=LEAD, writers=ADD | LEAD),
    "Macro": Access(all=GATHER, own=TRIAGE, writers=GATHER | kinds("partner_lead desk")),
    "Account": Access(all=MANAGE, own=TRIAGE | {"reviewer"}, writers=MANAGE),
    "SignInSession": OF_SIGNING_IN,
    **dict.fromkeys(("RecoveryCode", "SignInRecord", "AccessEvent", "PasswordReset", "Invitation"), OF_SIGNING_IN),
    "Membership": Access(all=MANAGE, own=PARTNERS, writers=ADD),
    "FailedSignIn": Access(all=COUNT, own=NOBODY, writers=COUNT),
    "CountryRow": OF_THE_DIRECTORY,
    "AreaRow": EDITED_BY_LEADS,
    "PartnerRow": OF_THE_DIRECTORY,
    "EntryPointRow": OF_THE_DIRECTORY,
    "ServiceRow": OF_THE_DIRECTORY,
    "ProblemTypeRow": EDITED_BY_LEADS,
    "WordRow": EDITED_BY_LEADS,
    "AnswerRow": EDITED_BY_LEADS,
    "DirectoryEdition": EDITED_BY_LEADS,
    "DirectoryDocument": EDITED_BY_LEADS,
    "DirectoryVersion": Access(all=EDIT, own=LEAD, writers=EDIT | LEAD),
    "TextCorrection": CORRECTED,
    "LanguageSignOff": CORRECTED,
    "DeadlinePlan": Access(all=EVERYBODY, own=NOBODY, writers=EDIT, walled=True, own_writers=LEAD),
    "DeadlinePlanVersion": Access(all=EDIT, own=LEAD, writers=EDIT | LEAD),
    "ChannelRow": OF_THE_DIRECTORY,
}
