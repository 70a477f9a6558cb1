"""Africa's Talking's webhooks. It signs nothing: the secret in the path is what shows that it is calling."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from app.access import gates
from app.channels.webhooks import find_channel, note_receipt, refuse_malformed, take_message
from app.database import transaction
from app.directory.channels import Channel
from app.intake.receive import identify
from app.reports.contacts import stop
from sms.providers.africastalking import ANSWER_BODY, ANSWER_TYPE, read_inbound, read_opt_out, read_receipt
from sms.signatures import secret_matches
from sms.text import clean

bp = Blueprint("africastalking", __name__, url_prefix="/hooks/africastalking/<slug>/<secret>")
gates.provider(bp)
refuse_malformed(bp)


@bp.post("/inbound")
def inbound(slug: str, secret: str) -> Response:
    take_message(_known(slug, secret), read_inbound(request.form.to_dict()))
    return _answer()


@bp.post("/receipts")
def receipts(slug: str, secret: str) -> Response:
    note_receipt(_known(slug, secret), read_receipt(request.form.to_dict()))
    return _answer()


@bp.post("/opt-out")
def opt_out(slug: str, secret: str) -> Response:
    """Somebody told the network that they want nothing more from this sender."""
    channel, opting_out = _known(slug, secret), read_opt_out(request.form.to_dict())
    with transaction() as session:
        contact = identify(session, channel, clean(opting_out.number)).contact
        if contact is not None:
            stop(contact, channel.slug)
    return _answer()


def _known(slug: str, secret: str) -> Channel:
    """The channel with this name and secret; 404 otherwise, as if there were nothing here."""
    channel = find_channel("africastalking", slug)
    if channel.kind == "ussd" or not secret_matches(secret, channel.secret):
        abort(404)
    return channel


def _answer() -> Response:
    return Response(ANSWER_BODY, content_type=ANSWER_TYPE)
