"""Twilio's webhooks: messages and receipts, each signed over the external address and all parameters."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request

from app.access import gates
from app.channels.webhooks import find_channel, note_receipt, refuse_malformed, take_message
from app.directory.channels import Channel
from sms.providers.twilio import ANSWER_BODY, ANSWER_TYPE, read_inbound, read_receipt
from sms.signatures import twilio_signed

bp = Blueprint("twilio", __name__, url_prefix="/hooks/twilio")
gates.provider(bp)
refuse_malformed(bp)


@bp.post("/<slug>/inbound")
def inbound(slug: str) -> Response:
    channel = _signed(slug)
    take_message(channel, read_inbound(request.form.to_dict()))
    return _answer()


@bp.post("/<slug>/receipts")
def receipts(slug: str) -> Response:
    channel = _signed(slug)
    note_receipt(channel, read_receipt(request.form.to_dict(), our_id=request.args.get("m")))
    return _answer()


def _signed(slug: str) -> Channel:
    """The channel, if the request carries its signature; else 403. The request's own host is never believed."""
    channel = find_channel("twilio", slug)
    query = request.query_string.decode("latin-1")
    url = current_app.extensions["settings"].public_url + request.path + (f"?{query}" if query else "")
    if not twilio_signed(channel.secret, url, request.form, request.headers):
        abort(403)
    return channel


def _answer() -> Response:
    return Response(ANSWER_BODY, content_type=ANSWER_TYPE)
