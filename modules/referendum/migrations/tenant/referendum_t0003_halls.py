"""Table of halls that participants of a campaign ask the municipality for."""

import sqlalchemy as sa
from alembic import op

revision = "referendum_t0003"
down_revision = "referendum_t0002"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "referendum_hall",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("decided_at", AT),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_hall")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_hall_request_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["referendum_proposal.id"],
            name=op.f("fk_referendum_hall_proposal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["referendum_party.id"], name=op.f("fk_referendum_hall_party_id")
        ),
    )
    for column in ("proposal_id", "party_id", "decided_by_id"):
        op.create_index(op.f(f"ix_referendum_hall_{column}"), "referendum_hall", [column])


def downgrade() -> None:
    op.drop_table("referendum_hall")
