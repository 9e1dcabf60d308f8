"""Co-authors of a proposal: invited by e-mail, in with an account."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0003"
down_revision = "proposals_t0002"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proposals_coauthor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("name", sa.LargeBinary()),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("invited_at", AT, nullable=False),
        sa.Column("joined_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_coauthor")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proposals_coauthor_request_id")),
        sa.UniqueConstraint(
            "proposal_id",
            "person_id",
            name=op.f("uq_proposals_coauthor_proposal_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals_proposal.id"],
            name=op.f("fk_proposals_coauthor_proposal_id"),
        ),
    )
    op.create_index(op.f("ix_proposals_coauthor_person_id"), "proposals_coauthor", ["person_id"])


def downgrade() -> None:
    op.drop_table("proposals_coauthor")
