"""The two aggregators of docs/aggregators.md: their options are read from there, so what is documented works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.database import transaction
from app.directory.channels import Channel, new_path_secret, seal_channel
from app.directory.load import touch
from app.directory.models import ChannelRow
from app.viewer import COMMAND, acting_as
from tests.conftest import Database

DOCUMENT = Path(__file__).parents[3] / "docs" / "aggregators.md"


def documented(aggregator: str) -> dict[str, Any]:
    """The options that stand under the heading of this aggregator."""
    _, _, after = DOCUMENT.read_text("utf-8").partition(f"\n## {aggregator}")
    found = re.search(r"```json\n(.*?)```", after, re.DOTALL)
    assert found, f"{aggregator} has no options in {DOCUMENT.name}"
    return json.loads(found[1])


@contextmanager
def registered(
    database: Database,
    options: Mapping[str, Any],
    kind: str = "sms",
    country: str = "SN",
    address: str = "221330000002",
    credentials: Mapping[str, str] | None = None,
) -> Iterator[Channel]:
    """A channel of the provider `http` for the length of the block, in an app context. At its end what came in goes
    first, because it points to the channel."""
    facts = (f"http-test-{kind}", "http", kind, country, address, new_path_secret())
    channel = Channel(*facts, options=options, credentials=credentials or {})
    with _changing() as session:
        session.add(seal_channel(channel, current_app.extensions["vault"]))
    try:
        yield channel
    finally:
        database.empty()
        with _changing() as session:
            session.delete(session.get_one(ChannelRow, channel.slug))


@contextmanager
def _changing() -> Iterator[Session]:
    with acting_as(COMMAND), transaction() as session:
        yield session
        touch(session)
    current_app.extensions.pop("directory", None)
