"""What may be written to a log: a fixed list of fields, none of which can hold a person's words or number.

An exception is logged as its type and the lines of our code it came through, never as its message: messages of
drivers and SDKs quote the very values that must not be kept.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

QUIET = ("twilio", "urllib3", "requests", "procrastinate", "werkzeug", "alembic")
"""Libraries whose INFO lines carry requests or call arguments."""


OURS = ("app.", "gapline.")
"""What our loggers' names begin with. Plain `gapline` is Flask's own, for exceptions."""


class AllowlistFormatter(logging.Formatter):
    """One JSON object a line: when, level, logger, event, and for errors their type and place."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= _error(record.exc_info[1])
        return json.dumps(line)


def set_up_logging() -> None:
    """Send everything that may be logged to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AllowlistFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _event(record: logging.LogRecord) -> str:
    """Our own messages are constants with ids in them, and of anybody else's the template is kept. One that comes
    without arguments was perhaps put together before (Flask names the path, which can hold a channel's secret): of
    that only the place is told."""
    if record.name.startswith(OURS):
        text = record.getMessage()
    elif record.args:
        text = str(record.msg)[:80]
    else:
        text = f"{record.module}:{record.lineno} {record.funcName}"
    return text.replace("\r", " ").replace("\n", " ")


def _error(error: BaseException) -> dict[str, object]:
    steps = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "through": [f"{step.filename.rpartition('/')[2]}:{step.lineno} {step.name}" for step in steps[-12:]],
    }
