from __future__ import annotations

import dataclasses

import pytest

from sms.message import Accepted, DeliveryStatus, Malformed

S = DeliveryStatus


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(S.unknown_status, S.accepted), (S.accepted, S.sent), (S.sent, S.failed), (S.failed, S.delivered)],
)
def test_a_receipt_moves_a_message_forward_only(earlier: DeliveryStatus, later: DeliveryStatus) -> None:
    assert later.supersedes(earlier)
    assert not earlier.supersedes(later)
    assert not later.supersedes(later)


def test_an_unknown_status_changes_nothing() -> None:
    assert not any(S.unknown_status.supersedes(status) for status in S)


def test_malformed_names_the_field_and_is_a_value_error() -> None:
    error = Malformed("From")
    assert isinstance(error, ValueError)
    assert (error.field, str(error)) == ("From", "missing or unusable field: From")


def test_results_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Accepted("SM1").segments = 2  # type: ignore[misc]
