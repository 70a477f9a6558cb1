"""Which tests run one after the other in one process, where there are several."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadFileScheduling

ONE_AT_A_TIME = ("tests/journeys/", "tests/run/")
"""They start the whole product, with a browser beside it. Mostly they wait: other tests go on meanwhile."""


def rank(test: pytest.Item) -> int:
    """The longest first, so that nobody waits for one process at the end."""
    if test.nodeid.startswith(ONE_AT_A_TIME):
        return 0
    return 2 if test.get_closest_marker("long") is None else 1


class Scheduling(LoadFileScheduling):
    """A file's tests together; and all that start the whole product together, so that it runs once at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return "the whole product" if nodeid.startswith(ONE_AT_A_TIME) else super()._split_scope(nodeid)
