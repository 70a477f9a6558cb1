"""Africa's Talking's USSD callback and its notice at the end of a session.

Source: Africa's Talking's USSD pages. It signs nothing: check a secret in the callback's path.
"""

from __future__ import annotations

from collections.abc import Mapping

from sms.forms import optional, required
from sms.ussd.answers import read_text
from sms.ussd.message import Screen, UssdEnd, UssdRequest

ANSWER_TYPE = "text/plain"

CONTINUES = "CON "
ENDS = "END "
"""What an answer begins with. Anything else, and any status but 200, ends the session with the network's words."""


def read_request(form: Mapping[str, str]) -> UssdRequest:
    """A step of a session. Raises Malformed without session or number; some encoders leave a blank text out."""
    return UssdRequest(
        session_id=required(form, "sessionId"),
        number=required(form, "phoneNumber"),
        text=read_text(form, "text"),
        service_code=optional(form, "serviceCode") or "",
    )


def read_end(form: Mapping[str, str]) -> UssdEnd:
    """The notice that a session is over. Raises Malformed without session or status."""
    return UssdEnd(session_id=required(form, "sessionId"), outcome=required(form, "status").lower())


def answer(screen: Screen) -> str:
    """The body of the answer to a request."""
    return (ENDS if screen.ends else CONTINUES) + screen.text
