"""How much processor time a message costs a process that has met words before: more than 2,000 messages a second
on one core that has nothing else to do, the slowest hundredth within 2 ms. The floors leave room for a busy
machine."""

from __future__ import annotations

import time

from app.understanding.meaning import prepare, understand
from tests.app.understanding.directory_data import shipped_directory
from tests.understanding.messages import messages_of

MESSAGES_A_SECOND = 1000
MOST_SECONDS = 0.005


def test_messages_are_understood_fast_enough() -> None:
    prepare(shipped_directory())
    for one in messages_of("tune"):
        understand(one.text, one.country, shipped_directory())
    costs = sorted(_cost(one.text, one.country) for one in messages_of("check"))
    assert len(costs) / sum(costs) >= MESSAGES_A_SECOND
    assert costs[len(costs) * 99 // 100] <= MOST_SECONDS


def _cost(text: str, country: str) -> float:
    """Processor seconds: whatever else the machine does does not count."""
    began = time.thread_time()
    understand(text, country, shipped_directory())
    return time.thread_time() - began
