"""A second factor, what people are told of their sign-ins, and other passwords by e-mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

SIGNS_IN = "current_setting('gapline.viewer', true) IN ('sign_in', 'migration')"
TABLES = ("recovery_code", "sign_in_record", "access_event", "password_reset")
FACTOR = ("factor_secret", "factor_draft")
OF_A_SESSION = ("proved_at", "waits_for_code", "number", "device", "place")


def upgrade() -> None:
    for name in FACTOR:
        op.add_column("account", sa.Column(name, sa.LargeBinary(), nullable=True))
    op.add_column("account", sa.Column("factor_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("account", sa.Column("factor_step", sa.BigInteger(), nullable=True))
    op.add_column("failed_sign_in", sa.Column("place", sa.String(), server_default="", nullable=False))
    op.alter_column("failed_sign_in", "place", server_default=None)
    _widen_sessions()
    _create_tables()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY viewer ON {table} USING ({SIGNS_IN}) WITH CHECK ({SIGNS_IN})")


def _widen_sessions() -> None:
    """Sessions of before were proved when they began."""
    columns = (
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits_for_code", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("number", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("device", sa.String(), server_default="", nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
    )
    for column in columns:
        op.add_column("sign_in_session", column)
    op.execute("UPDATE sign_in_session SET proved_at = started_at")
    op.alter_column("sign_in_session", "proved_at", nullable=False)
    for name in OF_A_SESSION[1:]:
        op.alter_column("sign_in_session", name, server_default=None)
    op.create_unique_constraint(op.f("uq_sign_in_session_number"), "sign_in_session", ["number"])


def _create_tables() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _account(nullable=False),
        _to_account("recovery_code"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"], unique=False)
    op.create_table(
        "sign_in_record",
        sa.Column("id", sa.Integer(), nullable=False),
        _account(nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        _to_account("sign_in_record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_record")),
    )
    op.create_index(op.f("ix_sign_in_record_account_id_at"), "sign_in_record", ["account_id", "at"], unique=False)
    op.create_table(
        "access_event",
        sa.Column("id", sa.Integer(), nullable=False),
        _account(nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to_account("access_event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_event")),
    )
    op.create_index(op.f("ix_access_event_account_id"), "access_event", ["account_id"], unique=False)
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        _account(nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to_account("password_reset"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    op.create_index(op.f("ix_password_reset_account_id"), "password_reset", ["account_id"], unique=False)


def _account(nullable: bool) -> sa.Column[int]:
    return sa.Column("account_id", sa.Integer(), nullable=nullable)


def _to_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for name in OF_A_SESSION:
        op.drop_column("sign_in_session", name)
    op.drop_column("failed_sign_in", "place")
    for name in (*FACTOR, "factor_since", "factor_step"):
        op.drop_column("account", name)
