"""A mail server that is out of order: letters can be read where they wait."""

from __future__ import annotations

from app.mail.carrier import Parcel, TryAgain


class OutOfOrder:
    def carry(self, _parcel: Parcel) -> TryAgain:
        return TryAgain("421")
