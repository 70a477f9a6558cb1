"""Telling one address of one event: claimed, sent with no transaction open, settled; again later if it failed."""

from __future__ import annotations

import http.client
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access.models import Account
from app.database import transaction
from app.hooks.addresses import BadAddress, connect
from app.hooks.models import Hook, HookDelivery
from app.hooks.signing import secrets_of, signature
from app.mail.letter import Letter, written_in
from app.mail.posting import post
from app.queue import Job, Patience, TryLater, jobs, put
from app.viewer import SIGN_IN, acting_as

log = logging.getLogger("app.hooks")

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
MOST_ATTEMPTS = 16
"""Half a minute doubled up to six hours: about two days of trying."""

OFF_AFTER = timedelta(days=5)
"""For so long nothing has come through: the address is switched off."""

KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Parcel:
    """What is sent, detached from the database; `account_id` is who registered the address."""

    account_id: int
    url: str
    body: bytes
    headers: dict[str, str]


@jobs.task(name="hooks.deliver", queue="hooks", retry=Patience())
def deliver(delivery: int) -> None:
    """Send the delivery with this number, unless it needs no sending any more. Raises TryLater to be run again."""
    parcel = _claim(delivery)
    if parcel is None:
        return
    is_done, answer = _send(parcel)
    keeper = None if is_done else _keeper(parcel.account_id)
    with transaction() as session:
        wait = _settle(session, delivery, is_done, answer, keeper)
    if wait is not None:
        raise TryLater(wait)


def deliver_later(session: Session, *deliveries: int) -> None:
    put(session, *(Job(deliver, {"delivery": number}) for number in deliveries))


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="hooks.forget", queueing_lock="hooks.forget")
def forget(timestamp: int) -> None:
    """Delete what was sent a month ago."""
    with transaction() as session:
        old = HookDelivery.at < datetime.fromtimestamp(timestamp, UTC) - KEPT
        session.execute(delete(HookDelivery).where(old, HookDelivery.state != "ready"))


def _claim(number: int) -> Parcel | None:
    with transaction() as session:
        row = session.get(HookDelivery, number, with_for_update=True)
        hook = session.get(Hook, row.hook_id) if row else None
        if row is None or hook is None or row.state != "ready":
            return None
        if hook.disabled_at is not None:
            row.state, row.answer = "failed", "switched off"
            return None
        now = datetime.now(UTC)
        row.attempts, row.tried_at = row.attempts + 1, now
        said = {"id": str(row.id), "event": row.event, "at": row.at.astimezone(UTC).isoformat(), **row.payload}
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Gapline-Hook/1",
            "Gapline-Event": row.event,
            "Gapline-Delivery": str(row.id),
            "Gapline-Signature": signature(body, secrets_of(hook, now), now),
        }
        return Parcel(hook.account_id, hook.url, body, headers)


def _send(parcel: Parcel) -> tuple[bool, str]:
    """Whether it was taken, and what was answered. What the other side says beside its status is not read."""
    try:
        connection, path = connect(parcel.url, current_app.extensions["settings"].is_demo)
        try:
            connection.request("POST", path, parcel.body, parcel.headers)
            status = connection.getresponse().status
        finally:
            connection.close()
    except BadAddress:
        return False, "this address is not public"
    except (OSError, http.client.HTTPException) as error:
        return False, type(error).__name__
    return 200 <= status < 300, str(status)


def _keeper(account_id: int) -> Account | None:
    """Who registered an address, to be told if it is switched off; None where they may no longer sign in."""
    with acting_as(SIGN_IN), transaction() as session:
        found = session.get(Account, account_id)
    return found if found and found.disabled_at is None else None


def _settle(session: Session, number: int, is_done: bool, answer: str, keeper: Account | None) -> timedelta | None:
    """Write down what came of it; how long to wait until it is tried again, if it is."""
    row = session.get_one(HookDelivery, number, with_for_update=True)
    hook = session.get_one(Hook, row.hook_id, with_for_update=True)
    row.answer, now = answer, datetime.now(UTC)
    if is_done:
        row.state, hook.failing_since = "done", None
        return None
    hook.failing_since = hook.failing_since or now
    if now - hook.failing_since >= OFF_AFTER and hook.disabled_at is None:
        _switch_off(session, hook, now, keeper)
    if row.attempts >= MOST_ATTEMPTS or hook.disabled_at is not None or row.event == "test":
        row.state = "failed"
        return None
    return min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)


def _switch_off(session: Session, hook: Hook, now: datetime, keeper: Account | None) -> None:
    """And tell who registered it."""
    hook.disabled_at = now
    log.warning("hook %s is switched off", hook.id)
    if keeper is None:
        return
    with written_in(keeper.language):
        words = _(
            "For five days nothing could be sent to %(url)s, so it is switched off. Its log is under Team,"
            " Webhooks: switch it on again there.",
            url=hook.url,
        )
        letter = Letter(keeper.email, _("A webhook is switched off"), words, "hook_off")
    post(session, letter, f"{hook.id}:{now.date()}")
