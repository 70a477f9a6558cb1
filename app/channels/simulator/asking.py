"""From what somebody does on the page to the request that their provider would make of it."""

from __future__ import annotations

from types import ModuleType

from werkzeug.datastructures import MultiDict

from app.channels.simulator import as_africastalking, as_http, as_twilio
from app.channels.simulator.phones import phone_of
from app.channels.simulator.received import message_of
from app.channels.simulator.wire import Call, Caller, Fault, NotAvailable, Receipt, WireRequest
from app.directory.channels import Channel

Form = MultiDict[str, str]

PROVIDERS: dict[str, ModuleType] = {"twilio": as_twilio, "africastalking": as_africastalking, "http": as_http}

BY_DIALLING = frozenset({"dial", "hang-up"})


def request_for(channel: Channel, form: Form) -> WireRequest:
    """The request for this act of the page. Raises UnknownPhone, and NotAvailable where there is none such."""
    provider = PROVIDERS.get(channel.provider)
    if provider is None or (form.get("act") in BY_DIALLING) != (channel.kind == "ussd"):
        raise NotAvailable(channel.slug)
    caller = Caller(channel, phone_of(form.get("sim", "")), form.get("sender", "").strip())
    return _made(provider, caller, form, _fault(form))


def _made(provider: ModuleType, caller: Caller, form: Form, fault: Fault) -> WireRequest:
    match form.get("act"):
        case "text":
            return provider.inbound(caller, form.get("text", ""), fault)
        case "photo":
            return provider.photo(caller, form.get("text", ""), fault)
        case "opt-out":
            return provider.opt_out(caller, fault)
        case "receipt":
            return provider.receipt(caller, _receipt(caller, form), fault)
        case "dial":
            return provider.dial(caller, _call(form), fault)
        case "hang-up":
            return provider.hang_up(caller, _call(form), fault)
    raise NotAvailable("act")


def _receipt(caller: Caller, form: Form) -> Receipt:
    """No message named: a receipt for one that nobody knows. Raises NotAvailable for one of another phone."""
    wanted = form.get("message", "")
    message = message_of(caller.phone, wanted) if wanted else None
    if wanted and (message is None or message.channel != caller.channel.slug):
        raise NotAvailable("message")
    return Receipt(form.get("status", ""), message)


def _call(form: Form) -> Call:
    return Call(
        session=form.get("session", ""),
        dialled=form.get("dialled", ""),
        answers=tuple(form.getlist("answer")),
        seconds=form.get("seconds", 0, type=int),
        screen=form.get("screen", ""),
    )


def _fault(form: Form) -> Fault:
    try:
        return Fault(form.get("fault", ""))
    except ValueError:
        raise NotAvailable("fault") from None
