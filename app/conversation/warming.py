"""Reading what understanding and due dates need, before the first message comes."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.database import transaction
from app.deadlines.plans import prepare_plans
from app.directory.current import current_directory
from app.understanding.meaning import prepare
from app.viewer import INTAKE, acting_as

log = logging.getLogger("app.conversation")


def warm(app: Flask) -> None:
    """Read model, gazetteer, words and holidays, in a second. Without a database the first message reads them."""
    with app.app_context(), acting_as(INTAKE):
        try:
            prepare(current_directory())
            prepare_plans(datetime.now(UTC).year)
        except SQLAlchemyError:
            log.warning("the directory cannot be read yet: the first message will wait for it")


def keep_current() -> None:
    """Look for a new edition of the directory, where the last look was a few seconds ago."""
    with transaction():
        current_directory()
