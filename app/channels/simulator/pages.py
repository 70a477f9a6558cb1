"""The simulator's page, and what its script asks for. The factory registers it in demo mode only.

Everybody may use it: it can do nothing that somebody with a telephone cannot. What it reads of the outbox is in
`received`. Numbers travel in the body of a form, never in an address.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access import gates
from app.channels.simulator.asking import request_for
from app.channels.simulator.phones import UnknownPhone, fresh_number, phone_of, read_number, sim_of
from app.channels.simulator.received import Received, messages_of
from app.channels.simulator.wire import NotAvailable, WireRequest
from app.channels.simulator.words import PROVIDERS, for_script
from app.database import transaction
from app.directory.channels import Channel
from app.directory.current import channel_named, channels, current_directory
from sms.encoding import GSM_BASIC, GSM_EXTENSION, Encoding
from sms.segments import ALONE, IN_COMPANY
from sms.ussd.screens import ROOM

bp = Blueprint("simulator", __name__, url_prefix="/simulator")
gates.public(bp)

KINDS = frozenset({"sms", "ussd", "whatsapp"})
"""What such a phone can do."""


@bp.get("")
def phone() -> ResponseReturnValue:
    with transaction():
        registered, directory = channels(), current_directory()
    reached = {channel.country for channel in registered if channel.kind in KINDS}
    return render_template(
        "simulator/phone.html",
        countries=[country for country in directory.countries if country.code in reached],
        channels=[_offered(channel) for channel in registered if channel.kind in KINDS],
        alphabet=_alphabet(),
        words=for_script(),
    )


@bp.post("/sim")
def sim() -> ResponseReturnValue:
    """A phone to hold: with the number that was typed, or with a fresh one."""
    country, typed = request.form.get("country", ""), request.form.get("number", "").strip()
    with transaction():
        known = {country.code for country in current_directory().countries}
    if country not in known:
        abort(400)
    number = read_number(typed, country) if typed else fresh_number(country)
    if number is None:
        return jsonify(problem=_("Nobody can have this number. Write it with its country code.")), 422
    return jsonify(number=number, country=country, sim=sim_of(number))


@bp.post("/request")
def wire_request() -> ResponseReturnValue:
    """The request that the provider would make, for the page to post."""
    try:
        with transaction():
            channel = channel_named(request.form.get("channel", ""))
    except KeyError:
        abort(404)
    return jsonify(_told(request_for(channel, request.form)))


@bp.post("/messages")
def messages() -> ResponseReturnValue:
    """What came to the phone whose SIM the page holds."""
    return jsonify(messages=[_shown(message) for message in messages_of(phone_of(request.form.get("sim", "")))])


@bp.errorhandler(UnknownPhone)
def unknown_phone(_error: UnknownPhone) -> ResponseReturnValue:
    return jsonify(problem=_("This phone is not known here any more. Take a new one.")), 409


@bp.errorhandler(NotAvailable)
def not_available(_error: NotAvailable) -> ResponseReturnValue:
    return jsonify(problem=_("This provider has no such request.")), 422


def _offered(channel: Channel) -> dict[str, str]:
    """A channel as the page knows it: never with its secret."""
    names = ("slug", "provider", "kind", "country", "address")
    return {name: getattr(channel, name) for name in names} | {"name": PROVIDERS.get(channel.provider, "HTTP")}


def _told(made: WireRequest) -> dict[str, Any]:
    """The fields as pairs: JSON objects lose their order on the way."""
    names = ("method", "path", "body", "continues", "ends")
    told: dict[str, Any] = {name: getattr(made, name) for name in names}
    return told | {"headers": list(made.headers.items()), "fields": list(made.fields.items())}


def _shown(message: Received) -> dict[str, Any]:
    return {
        "id": str(message.id),
        "channel": message.channel,
        "body": message.body,
        "state": message.state,
        "error": message.error,
        "at": message.at.isoformat(),
    }


def _alphabet() -> dict[str, Any]:
    """What a text costs, for the script that counts while one types: the tables of `sms`, not copies of them."""
    return {
        "basic": "".join(sorted(GSM_BASIC)),
        "extension": "".join(sorted(GSM_EXTENSION)),
        "alone": _by_name(ALONE),
        "inCompany": _by_name(IN_COMPANY),
        "screen": _by_name(ROOM),
    }


def _by_name(units: dict[Encoding, int]) -> dict[str, int]:
    return {encoding.value: count for encoding, count in units.items()}
