"""Tables of the campaign: the campaign itself, who takes part, events."""

import sqlalchemy as sa
from alembic import op

revision = "referendum_t0002"
down_revision = "referendum_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
PROPOSAL = ["referendum_proposal.id"]


def upgrade() -> None:
    op.create_table(
        "referendum_campaign",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("shown_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_referendum_campaign")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], PROPOSAL, name=op.f("fk_referendum_campaign_proposal_id")
        ),
    )
    op.create_table(
        "referendum_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_by_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", AT),
        sa.Column("shown", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_party")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_party_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_referendum_party_code_index")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], PROPOSAL, name=op.f("fk_referendum_party_proposal_id")
        ),
    )
    for column in ("proposal_id", "registered_by_id"):
        op.create_index(op.f(f"ix_referendum_party_{column}"), "referendum_party", [column])
    op.create_table(
        "referendum_campaign_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referendum_campaign_event")),
        sa.UniqueConstraint("request_id", name=op.f("uq_referendum_campaign_event_request_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], PROPOSAL, name=op.f("fk_referendum_campaign_event_proposal_id")
        ),
    )
    op.create_index(
        op.f("ix_referendum_campaign_event_proposal_id"),
        "referendum_campaign_event",
        ["proposal_id"],
    )


def downgrade() -> None:
    for table in ("campaign_event", "party", "campaign"):
        op.drop_table(f"referendum_{table}")
