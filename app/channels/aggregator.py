"""The webhooks of aggregators whose parameters and answers are data: messages, receipts, USSD.

The secret in the path shows who calls, and Basic auth where the channel's credentials have a `user` and `password`.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from app.access import gates
from app.channels.ussd import take_end, take_step
from app.channels.webhooks import find_channel, note_receipt, refuse_malformed, take_message
from app.directory.channels import Channel
from sms.providers.http import flat, read_inbound, read_receipt, read_ussd, read_ussd_end, write_ussd
from sms.providers.http_options import HttpOptions, read_options
from sms.signatures import secret_matches
from sms.ussd.message import Screen, UssdEnd

bp = Blueprint("aggregator", __name__, url_prefix="/hooks/http")
gates.provider(bp)
refuse_malformed(bp)

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Call:
    """An aggregator's call that may be believed: its channel, how that speaks, and the parameters."""

    channel: Channel
    options: HttpOptions
    found: dict[str, str]

    def reply(self) -> Response:
        return Response(self.options.reply.body, content_type=self.options.reply.type)

    def show(self, screen: Screen, session_id: str, number: str) -> Response:
        body = write_ussd(screen, session_id, number, self.options)
        return Response(body, content_type=self.options.ussd.type)


@bp.route("/<slug>/<secret>/inbound", methods=METHODS)
def inbound(slug: str, secret: str) -> Response:
    call = _believed(slug, secret, by_dialling=False)
    take_message(call.channel, read_inbound(call.found, call.options))
    return call.reply()


@bp.route("/<slug>/<secret>/receipts", methods=METHODS)
def receipts(slug: str, secret: str) -> Response:
    call = _believed(slug, secret, by_dialling=False)
    note_receipt(call.channel, read_receipt(call.found, call.options))
    return call.reply()


@bp.route("/ussd/<slug>/<secret>/inbound", methods=METHODS)
def dialled(slug: str, secret: str) -> Response:
    """A step of a session, or its end where the aggregator says so on the same address."""
    call = _believed(slug, secret, by_dialling=True)
    step = read_ussd(call.found, call.options, call.channel.address)
    if isinstance(step, UssdEnd):
        take_end(call.channel, step)
        return call.reply()
    return call.show(take_step(call.channel, step), step.session_id, step.number)


@bp.route("/ussd/<slug>/<secret>/end", methods=METHODS)
def end(slug: str, secret: str) -> Response:
    call = _believed(slug, secret, by_dialling=True)
    take_end(call.channel, read_ussd_end(call.found, call.options))
    return call.reply()


def _believed(slug: str, secret: str, by_dialling: bool) -> Call:
    """The call, if it has the path's secret (else 404), the credentials (401) and an expected method (405)."""
    channel = find_channel("http", slug)
    if (channel.kind == "ussd") != by_dialling or not secret_matches(secret, channel.secret):
        abort(404)
    if not _is_let_in(channel):
        raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "webhook"}))
    options = read_options(channel.options)
    if request.method not in options.methods:
        abort(405)
    return Call(channel, options, _parameters())


def _is_let_in(channel: Channel) -> bool:
    user, password = (channel.credentials.get(name) for name in ("user", "password"))
    if not user or not password:
        return True
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    names = secret_matches(given.username or "", user), secret_matches(given.password or "", password)
    return all(names)


def _parameters() -> dict[str, str]:
    """From the query, a form or a JSON document: later ones win."""
    return {**request.args.to_dict(), **request.form.to_dict(), **_document()}


def _document() -> dict[str, str]:
    """The values of a JSON document; none of one that cannot be read: then the missing field is named."""
    try:
        return flat(request.get_json(silent=True)) if request.is_json else {}
    except RecursionError:
        return {}
