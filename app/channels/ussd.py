"""Africa's Talking's USSD callback and its notice at a session's end. The secret in the path shows who calls."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from app.access import gates
from app.channels.webhooks import find_channel, refuse_malformed
from app.conversation.menu.dialogue import dial
from app.conversation.menu.sessions import note_end
from app.database import transaction
from app.directory.channels import Channel
from sms.signatures import secret_matches
from sms.ussd.africastalking import ANSWER_TYPE, answer, read_end, read_request
from sms.ussd.message import Screen, UssdEnd, UssdRequest

bp = Blueprint("ussd", __name__, url_prefix="/hooks/africastalking/ussd/<slug>/<secret>")
gates.provider(bp)
refuse_malformed(bp)


@bp.post("/inbound")
def inbound(slug: str, secret: str) -> Response:
    """A step of a session: the screen that follows."""
    screen = take_step(_known(slug, secret), read_request(request.form.to_dict()))
    return Response(answer(screen), content_type=ANSWER_TYPE)


@bp.post("/end")
def end(slug: str, secret: str) -> Response:
    """A session is over."""
    take_end(_known(slug, secret), read_end(request.form.to_dict()))
    return Response("OK", content_type=ANSWER_TYPE)


def take_step(channel: Channel, step: UssdRequest) -> Screen:
    """Deal with one step; returns only after the commit."""
    with transaction() as session:
        return dial(session, channel, step)


def take_end(channel: Channel, ended: UssdEnd) -> None:
    """Write down how a session ended; returns only after the commit."""
    with transaction() as session:
        note_end(session, channel, ended.session_id, ended.outcome)


def _known(slug: str, secret: str) -> Channel:
    channel = find_channel("africastalking", slug)
    if channel.kind != "ussd" or not secret_matches(secret, channel.secret):
        abort(404)
    return channel
