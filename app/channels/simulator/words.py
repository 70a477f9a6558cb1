"""What the simulator's script says, in the language of the page."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PROVIDERS = {"africastalking": "Africa's Talking", "twilio": "Twilio", "http": "HTTP"}
"""As they call themselves; the last is any aggregator connected by its description."""

WORDS: dict[str, LazyString] = {
    # Translators: {units} is a number, {room} how many fit, {parts} how many text messages it takes.
    "gsm7": _("GSM-7: {units} of {room} septets, messages: {parts}"),
    "ucs2": _("UCS-2: {units} of {room} units, messages: {parts}"),
    # Translators: the same of a screen of a menu, which is always one message.
    "screen_gsm7": _("GSM-7: {units} of {room} septets"),
    "screen_ucs2": _("UCS-2: {units} of {room} units"),
    # Translators: {statuses} are HTTP status codes such as 200 or 403.
    "answered": _("answered {statuses}"),
    "unreachable": _("The product cannot be reached. Trying again."),
    # Translators: {status} is an HTTP status code such as 403, {text} what the product answered.
    "refused": _("Refused: {status} {text}"),
    "taken": _("Taken: {statuses}"),
    "nothing_to_receipt": _("No message has come to this phone yet."),
    "sms": _("Text"),
    "ussd": _("Dial"),
    "whatsapp": _("WhatsApp"),
    "photo": _("Photo"),
    "ready": _("waiting to be sent"),
    "attempting": _("being sent"),
    "unknown": _("not known whether it arrived"),
    "sent": _("sent, no receipt yet"),
    "delivered": _("delivered"),
    "failed": _("not delivered"),
    "dead": _("not sent"),
    # Translators: the reasons why a message is not sent.
    "stopped": _("the person sent STOP"),
    "capped": _("the person had enough of these messages today"),
    "request": _("Request"),
    "answer": _("Answer"),
}


def for_script() -> dict[str, str]:
    """Each word by its name, translated."""
    return {name: str(word) for name, word in WORDS.items()}
