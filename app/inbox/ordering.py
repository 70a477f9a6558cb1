"""The orders that a list of reports may be in: each of columns that all run one way, and of the id at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.reports.models import Report


@dataclass(frozen=True)
class Order:
    """`of_open`: only open reports are ever put in this order, for which there is an index of them."""

    name: str
    title: LazyString
    columns: tuple[Any, ...]
    descending: bool = False
    of_open: bool = False


ORDERS = (
    Order("newest", _("Newest first"), (Report.created_at,), descending=True),
    Order("oldest", _("Oldest first"), (Report.created_at,)),
    Order("priority", _("Most urgent first"), (Report.priority, Report.created_at), of_open=True),
    Order("due", _("Due first"), (Report.due_at,), of_open=True),
    Order("untouched", _("Longest untouched first"), (Report.touched_at,), of_open=True),
)
"""The first is the one that opens. Among equally urgent ones, who has waited longest comes first."""

BY_NAME = {order.name: order for order in ORDERS}


def offered_orders(of_open: bool) -> tuple[Order, ...]:
    """Those in which a list may be put; how urgent something is that has ended, nobody asks."""
    return tuple(order for order in ORDERS if of_open or not order.of_open)
