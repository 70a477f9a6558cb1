"""How far a message has come. Receipts move it forward only, whatever order they arrive in."""

from __future__ import annotations

from sms.message import DeliveryStatus

RANK = {"ready": 0, "attempting": 1, "unknown": 1, "sent": 2, "dead": 3, "failed": 3, "delivered": 4}
"""`delivered` outranks `failed`: one segment may fail before the whole message arrives."""

AFTER_RECEIPT: dict[DeliveryStatus, str] = {
    DeliveryStatus.accepted: "sent",
    DeliveryStatus.sent: "sent",
    DeliveryStatus.delivered: "delivered",
    DeliveryStatus.failed: "failed",
}
"""A status that the table does not know is kept as received and moves nothing."""


def is_forward(old: str, new: str) -> bool:
    """Whether a message may go from one state to the other because of what a provider said."""
    return RANK[new] > RANK[old]
