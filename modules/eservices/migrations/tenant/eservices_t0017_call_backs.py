"""Calls that somebody asked for who fills in a form."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0017"
down_revision = "eservices_t0016"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "eservices_call_back"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("shows_draft", sa.Boolean(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.Column("owed_at", AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("called_at", AT),
        sa.Column("caller_id", sa.Uuid()),
        sa.Column("caller", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["eservices_draft.id"],
            name=op.f(f"fk_{TABLE}_draft_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("draft_id", name=op.f(f"uq_{TABLE}_draft_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_caller_id"), TABLE, ["caller_id"])
    op.create_index(
        f"ix_{TABLE}_owed",
        TABLE,
        ["until", "id"],
        postgresql_where=sa.text("state IN ('owed', 'again')"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
