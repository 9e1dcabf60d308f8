"""Questions to the region's team, with their history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "helpdesk_s0001"
down_revision = None
branch_labels = ("helpdesk",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tickets()
    _entries()
    op.execute("GRANT SELECT, INSERT, UPDATE ON ticket TO app_login")
    # What was said stays said: of an entry only the author can be erased.
    op.execute("GRANT SELECT, INSERT, UPDATE (author_id, author_name) ON ticket_entry TO app_login")


def _tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("municipality", "title", "page", "module", "browser")
        ),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee_name", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer()),
        sa.Column("mark_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("request_id", name=op.f("uq_ticket_request_id")),
        sa.UniqueConstraint("number", name=op.f("uq_ticket_number")),
    )
    op.create_index(op.f("ix_ticket_municipality_id"), "ticket", ["municipality", "id"])
    op.create_index(op.f("ix_ticket_state_municipality"), "ticket", ["state", "municipality"])


def _entries() -> None:
    op.create_table(
        "ticket_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("is_team", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", JSONB(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_entry")),
        sa.UniqueConstraint("request_id", name=op.f("uq_ticket_entry_request_id")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_entry_ticket_id")
        ),
    )
    op.create_index(op.f("ix_ticket_entry_ticket_id_id"), "ticket_entry", ["ticket_id", "id"])
    op.create_index(op.f("ix_ticket_entry_municipality_at"), "ticket_entry", ["municipality", "at"])


def downgrade() -> None:
    for table in ("ticket_entry", "ticket"):
        op.drop_table(table)
