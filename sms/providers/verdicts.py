"""What a provider's error code or HTTP status means for the message that met it."""

from __future__ import annotations

from enum import Enum, auto

from sms.message import Refused, SendResult, TryAgain, Unknown
from sms.redaction import without_numbers


class Verdict(Enum):
    """One word per way a send can fail; the providers' tables are written in them."""

    LATER = auto()
    OUR_ACCOUNT = auto()
    NOT_AS_IT_STANDS = auto()
    NEVER = auto()
    STOPPED = auto()
    NOBODY_KNOWS = auto()


AUTHENTICATION = "authentication"
"""The code of every refusal of our own credentials, whatever the provider calls it: no message is at fault."""

RUBBISH = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""What reading an answer of any shape can raise: all of them mean that it is no answer."""

_BY_STATUS = {
    401: Verdict.OUR_ACCOUNT,
    403: Verdict.OUR_ACCOUNT,
    404: Verdict.LATER,  # a wrong account or address in the settings, not a wrong message
    408: Verdict.LATER,
    429: Verdict.LATER,
    503: Verdict.LATER,  # said by a front that took nothing; 500, 502 and 504 may come after the message was taken
}


def by_status(status: int) -> Verdict:
    """What an HTTP status other than success means when the provider's own code does not say more."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if 300 <= status < 400:  # redirects are not followed: the credentials would go with them
        return Verdict.LATER
    return Verdict.NOT_AS_IT_STANDS if 400 <= status < 500 else Verdict.NOBODY_KNOWS


def result(verdict: Verdict, code: str, explanation: str) -> SendResult:
    """The send result for a verdict. Telephone numbers in the provider's explanation are covered."""
    reason = without_numbers(explanation)
    match verdict:
        case Verdict.LATER:
            return TryAgain(code, reason)
        case Verdict.OUR_ACCOUNT:
            return TryAgain(AUTHENTICATION, reason)
        case Verdict.NOBODY_KNOWS:
            return Unknown(f"{code}: {reason}")
        case _:
            final = verdict is not Verdict.NOT_AS_IT_STANDS
            return Refused(code, reason, permanent=final, opted_out=verdict is Verdict.STOPPED)
