"""The one session, the one commit, and the locks on it.

No statement runs without a viewer, every ORM select, update and delete is narrowed to what that viewer may
see, and nothing is written that the viewer may not write. Each model says both for itself. Behind this stands
PostgreSQL's row security, which reads the viewer from settings made here at the start of each transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import psycopg
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import ColumnElement, MetaData, event, true
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import Executable, ExecutableOption

from app.narrowing import escapes_narrowing, writes
from app.viewer import NotAllowed, Viewer, current_viewer

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

MAY_WRITE_BY_STATEMENT = frozenset({"intake", "worker", "command", "migration", "sign_in"})
"""Statements that write bypass the guard at flush, so neither people nor the public may make them."""

SAY_WHO = (
    "SELECT set_config('gapline.viewer', %s, true), set_config('gapline.account', %s, true),"
    " set_config('gapline.entry_points', %s, true), set_config('gapline.country', %s, true),"
    " set_config('gapline.partner', %s, true), set_config('plan_cache_mode', %s, true)"
)


class Base(DeclarativeBase):
    """What every table has in common: its names, and a word on who sees and writes its rows."""

    metadata = MetaData(naming_convention=NAMES)

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Which rows this viewer may see and, where it may write by statement at all, change or delete so."""
        raise NotImplementedError(f"{cls.__name__} does not say who sees it")

    def may_be_written_by(self, viewer: Viewer) -> bool:
        """Whether this viewer may insert, change or delete this row."""
        raise NotImplementedError(f"{type(self).__name__} does not say who writes it")


class LockedSession(FlaskSession):
    """The session of Flask-SQLAlchemy, locked also where SQLAlchemy tells no listener what is done."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        _same_viewer(self)  # a row that is in the session already is handed out without a statement
        return super().get(*args, **kwargs)

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        _same_viewer(self)  # what is asked of the connection itself is not seen here any more
        return super().connection(*args, **kwargs)

    def bulk_save_objects(self, *_args: Any, **_kwargs: Any) -> None:
        raise NotAllowed("the old bulk methods pass by the guard at flush: add the rows, or execute a statement")

    bulk_insert_mappings = bulk_update_mappings = bulk_save_objects


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "class_": LockedSession})


def connect(app: Flask, address: Callable[[], str], pool_size: int = 10) -> None:
    """Bind the session to the database whose URL `address` gives when the first statement needs it."""
    app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg://"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": pool_size,
        "max_overflow": 5,
        "pool_pre_ping": True,
        "hide_parameters": True,  # an error must not carry a citizen's words or number into a log
    }
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "do_connect", lambda _d, _r, _a, cparams: psycopg.connect(address(), **cparams))


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit what the block did, all or nothing. The only place that commits; not to be nested.

    The session is closed at the end, so no object outlives the viewer that was allowed to read it.
    """
    session = db.session()
    if session.in_transaction():
        session.rollback()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


@lru_cache(maxsize=1024)
def narrowing(viewer: Viewer) -> tuple[ExecutableOption, ...]:
    """The options that confine any statement to the rows this viewer may see."""
    rules = ((m.class_, m.class_.visible_to(viewer)) for m in Base.registry.mappers)
    return tuple(
        with_loader_criteria(model, rule, include_aliases=True)
        for model, rule in rules
        if rule is not true() and not rule.compare(true())
    )


@event.listens_for(Session, "after_begin")
def _say_who(session: Session, _transaction: Any, connection: Connection) -> None:
    viewer = session.info["viewer"] = _same_viewer(session)
    connection.exec_driver_sql(SAY_WHO, who(viewer))


def who(viewer: Viewer) -> tuple[str, ...]:
    """The values of SAY_WHO: what row security is told about this viewer, and how PostgreSQL plans.

    What a person asks for, a list with filters say, is planned for those very values: a plan for any values uses no
    index that holds some rows alone. What work asks for is short, and asked again and again.
    """
    account, entry_points = str(viewer.account_id or ""), ",".join(sorted(viewer.entry_points))
    planning = "force_custom_plan" if viewer.is_person else "auto"
    return viewer.kind, account, entry_points, viewer.country or "", viewer.partner or "", planning


@event.listens_for(Session, "after_transaction_end")
def _forget_who(session: Session, transaction: Any) -> None:
    """The rows go with the viewer: the next one is not to find them in the session."""
    if transaction.parent is None:
        session.expunge_all()
        session.info.pop("viewer", None)


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    viewer = _same_viewer(state.session)
    if viewer.kind not in MAY_WRITE_BY_STATEMENT:
        _refuse_what_escapes(viewer, state.statement)
    if not state.is_column_load and not state.is_insert:
        state.statement = state.statement.options(*narrowing(viewer))


@event.listens_for(Session, "before_flush")
def _guard(session: Session, _context: Any, _instances: Any) -> None:
    viewer = _same_viewer(session)
    for row in {*session.new, *session.dirty, *session.deleted}:
        if not row.may_be_written_by(viewer):
            raise NotAllowed(f"{viewer.kind} may not write this {type(row).__name__}")


def _refuse_what_escapes(viewer: Viewer, statement: Executable) -> None:
    if writes(statement):
        raise NotAllowed(f"{viewer.kind} may not write by statement")
    if escapes_narrowing(statement):
        raise NotAllowed("name every model in the columns, select_from or join: a condition alone is not narrowed")


def _same_viewer(session: Session) -> Viewer:
    viewer = current_viewer()
    if session.info.get("viewer", viewer) != viewer:
        raise NotAllowed("this session holds rows of another viewer: end its transaction first")
    return viewer
