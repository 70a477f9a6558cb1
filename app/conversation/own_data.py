"""MY DATA: what is kept about a number. Counts and references, never the words: phones are shared."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.conversation.menu.wording import LANGUAGE_NAMES, MY_REPORTS
from app.conversation.orders import Order
from app.language import mark, say
from app.reports.consents import newest
from app.reports.models import Contact, IncomingMessage, Report

# Translators: MY DATA and DELETE stay as they are. {reports} and {texts} are numbers, {spoken} is a
# language, {later} "yes" or "no".
KEPT = mark(
    "Kept about this number: reports {reports}, texts from you {texts}, language {spoken}, may be asked later:"
    " {later}. To delete all of it: DELETE"
)
YES, NO = mark("yes"), mark("no")

MOST_REFERENCES = 9
"""As many as fit one segment, the newest."""


def obey_my_data(session: Session, order: Order) -> None:
    mine = Report.contact_id == order.contact.id
    references = session.scalars(select(Report.reference).where(mine).order_by(Report.created_at.desc())).all()
    texts = select(func.count()).select_from(IncomingMessage).where(IncomingMessage.contact_id == order.contact.id)
    values = {
        "reports": len(references),
        "texts": session.scalars(texts).one(),
        "spoken": LANGUAGE_NAMES.get(order.language, order.language),
        "later": say(order.language, YES if _may_be_asked(session, order.contact) else NO),
    }
    listed = f"{say(order.language, MY_REPORTS)}: {' '.join(references[:MOST_REFERENCES])}"
    order.reply(session, "reply", say(order.language, KEPT, **values), *([listed] if references else []))


def _may_be_asked(session: Session, contact: Contact) -> bool:
    last = newest(session, contact.id, "contact_again")
    return last is not None and last.act == "given"
