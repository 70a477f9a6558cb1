"""A signal to stop becomes one exception in the main thread, so that every `finally` on the way runs once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked us to stop. Not an Exception: nothing on the way may take it for an error."""


@contextmanager
def stop_on_signal() -> Iterator[None]:
    """Inside, the first signal raises StopRequested; later ones change nothing while we are stopping.

    A signal that was being ignored (nohup) stays ignored.
    """
    before = {s: signal.getsignal(s) for s in STOPPING if signal.getsignal(s) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in STOPPING:
        signal.signal(each, _already_stopping)
    raise StopRequested(signal.Signals(number).name)


def _already_stopping(_number: int, _frame: FrameType | None) -> None:
    """A handler rather than SIG_IGN, which programs started from here would inherit."""
