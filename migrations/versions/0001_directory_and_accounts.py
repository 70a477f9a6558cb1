"""Who serves whom, at which channels, and the accounts of staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import String
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "directory_country",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("dialling_code", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("languages", postgresql.ARRAY(String()), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_directory_country")),
    )
    op.create_table(
        "directory_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_edition")),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    op.create_index(op.f("ix_failed_sign_in_key_at"), "failed_sign_in", ["key", "at"], unique=False)
    op.create_table(
        "channel",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_channel_country")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_channel")),
    )
    op.create_table(
        "directory_area",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spoken", postgresql.ARRAY(String()), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_directory_area_country")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_directory_area")),
    )
    op.create_index(op.f("ix_directory_area_country"), "directory_area", ["country"], unique=False)
    op.create_table(
        "directory_entry_point",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("focus", sa.String(), nullable=False),
        sa.Column("cofog", postgresql.ARRAY(String()), nullable=False),
        sa.ForeignKeyConstraint(
            ["country"], ["directory_country.code"], name=op.f("fk_directory_entry_point_country")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_directory_entry_point")),
    )
    op.create_index(op.f("ix_directory_entry_point_country"), "directory_entry_point", ["country"], unique=False)
    op.create_table(
        "directory_partner",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("acronym", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_directory_partner_country")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_directory_partner")),
    )
    op.create_table(
        "directory_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("beyond", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_directory_word_country")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_word")),
    )
    op.create_index(op.f("ix_directory_word_country_sector"), "directory_word", ["country", "sector"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role <> 'desk' OR country IS NOT NULL", name=op.f("ck_account_desk_staff_have_a_country")
        ),
        sa.CheckConstraint(
            "role NOT LIKE 'partner%' OR partner IS NOT NULL", name=op.f("ck_account_partner_staff_have_a_partner")
        ),
        sa.ForeignKeyConstraint(["country"], ["directory_country.code"], name=op.f("fk_account_country")),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_account_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "directory_problem_type",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gap_kind", sa.String(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_directory_problem_type_entry_point")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_directory_problem_type")),
    )
    op.create_index(
        op.f("ix_directory_problem_type_entry_point"), "directory_problem_type", ["entry_point"], unique=False
    )
    op.create_table(
        "directory_service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_point", sa.String(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("areas", postgresql.ARRAY(String()), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_point"], ["directory_entry_point.slug"], name=op.f("fk_directory_service_entry_point")
        ),
        sa.ForeignKeyConstraint(["partner"], ["directory_partner.slug"], name=op.f("fk_directory_service_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_service")),
    )
    op.create_index(op.f("ix_directory_service_entry_point"), "directory_service", ["entry_point"], unique=False)
    op.create_index(op.f("ix_directory_service_partner"), "directory_service", ["partner"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_session")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sign_in_session")
    op.drop_table("directory_service")
    op.drop_table("directory_problem_type")
    op.drop_table("account")
    op.drop_table("directory_word")
    op.drop_table("directory_partner")
    op.drop_table("directory_entry_point")
    op.drop_table("directory_area")
    op.drop_table("channel")
    op.drop_table("failed_sign_in")
    op.drop_table("directory_edition")
    op.drop_table("directory_country")
