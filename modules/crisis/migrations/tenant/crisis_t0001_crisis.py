"""Crises with their texts, the call list with its calls."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "crisis_t0001"
down_revision = None
branch_labels = ("crisis",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def needed(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def child_of(table: str, parent: str) -> sa.ForeignKeyConstraint:
    column = f"{parent}_id"
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"crisis_{parent}.id"], name=name, ondelete="CASCADE")


def version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    op.create_table(
        "crisis_crisis",
        *needed(sa.Uuid(), "id"),
        *needed(sa.Text(), "kind"),
        *needed(sa.Boolean(), "is_rehearsal"),
        *needed(sa.Integer(), "edition"),
        *needed(MOMENT, "written_at"),
        *(sa.Column(name, MOMENT) for name in ("begun_at", "ended_at", "dropped_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_crisis")),
    )
    op.create_index(op.f("ix_crisis_crisis_written_at"), "crisis_crisis", ["written_at"])
    op.create_table(
        "crisis_message",
        *needed(sa.Uuid(), "id", "request_id", "crisis_id"),
        *needed(sa.Integer(), "number"),
        *needed(sa.Boolean(), "is_all_clear", "is_alone"),
        *needed(sa.Text(), "title", "text", "advice", "phone"),
        *needed(sa.Text(), "written_by", "changed_by", "confirmed_by"),
        *needed(ARRAY(sa.Text()), "settlements"),
        *needed(MOMENT, "written_at", "changed_at"),
        sa.Column("sent_at", MOMENT),
        *(sa.Column(f"{act}_by_id", sa.Uuid()) for act in ("written", "changed", "confirmed")),
        version(),
        child_of("crisis_message", "crisis"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_message")),
        sa.UniqueConstraint("request_id", name=op.f("uq_crisis_message_request_id")),
        sa.UniqueConstraint("crisis_id", "number", name=op.f("uq_crisis_message_crisis_id_number")),
    )
    for act in ("written", "changed", "confirmed"):
        name = op.f(f"ix_crisis_message_{act}_by_id")
        op.create_index(name, "crisis_message", [f"{act}_by_id"])
    op.create_index(
        "ix_crisis_message_waiting",
        "crisis_message",
        ["changed_at"],
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "crisis_change",
        *needed(sa.Uuid(), "id", "message_id"),
        *needed(sa.Integer(), "version"),
        *needed(ARRAY(sa.Text()), "fields"),
        *needed(MOMENT, "at"),
        *needed(sa.Text(), "by_name"),
        sa.Column("by_id", sa.Uuid()),
        child_of("crisis_change", "message"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_change")),
    )
    for column in ("message_id", "by_id"):
        op.create_index(op.f(f"ix_crisis_change_{column}"), "crisis_change", [column])
    create_call_list()


def create_call_list() -> None:
    op.create_table(
        "crisis_contact",
        *needed(sa.Uuid(), "id", "request_id"),
        sa.Column("person_id", sa.Uuid()),
        *needed(sa.LargeBinary(), "name", "phone", "phone_hash", "note"),
        *needed(sa.Text(), "settlement", "entered_by"),
        *needed(sa.Boolean(), "joins_rehearsals"),
        *needed(MOMENT, "agreed_at"),
        sa.Column("entered_by_id", sa.Uuid()),
        version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_contact")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_crisis_contact_{column}"))
            for column in ("request_id", "phone_hash", "person_id")
        ),
    )
    op.create_index("ix_crisis_contact_settlement", "crisis_contact", ["settlement", "id"])
    op.create_index(op.f("ix_crisis_contact_entered_by_id"), "crisis_contact", ["entered_by_id"])
    op.create_table(
        "crisis_call",
        *needed(sa.Uuid(), "id", "request_id", "message_id", "contact_id"),
        *needed(sa.Text(), "state", "caller"),
        *needed(sa.Integer(), "tries"),
        *needed(MOMENT, "taken_at"),
        sa.Column("ended_at", MOMENT),
        sa.Column("caller_id", sa.Uuid()),
        version(),
        child_of("crisis_call", "message"),
        child_of("crisis_call", "contact"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crisis_call")),
        sa.UniqueConstraint("request_id", name=op.f("uq_crisis_call_request_id")),
        sa.UniqueConstraint(
            "message_id", "contact_id", name=op.f("uq_crisis_call_message_id_contact_id")
        ),
    )
    for column in ("contact_id", "caller_id"):
        op.create_index(op.f(f"ix_crisis_call_{column}"), "crisis_call", [column])


def downgrade() -> None:
    for table in ("call", "contact", "change", "message", "crisis"):
        op.drop_table(f"crisis_{table}")
