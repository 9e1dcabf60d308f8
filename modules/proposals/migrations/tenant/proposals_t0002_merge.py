"""Two proposals become one: the question to their authors, and where what was merged leads."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0002"
down_revision = "proposals_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def _key(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_proposals_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["proposals_proposal.id"], name=name)


def upgrade() -> None:
    op.add_column("proposals_proposal", sa.Column("merged_into", sa.Uuid()))
    op.create_foreign_key(
        op.f("fk_proposals_proposal_merged_into"),
        *("proposals_proposal", "proposals_proposal", ["merged_into"], ["id"]),
    )
    op.create_index(
        op.f("ix_proposals_proposal_merged_into"), "proposals_proposal", ["merged_into"]
    )
    op.create_table(
        "proposals_merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("asked_from", sa.Uuid()),
        *(sa.Column(name, AT) for name in ("agreed_at", "into_agreed_at", "ended_at")),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_merge")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proposals_merge_request_id")),
        _key("merge", "proposal_id"),
        _key("merge", "into_id"),
    )
    for column in ("into_id", "proposal_id"):
        op.create_index(f"ix_proposals_merge_{column}", "proposals_merge", [column])


def downgrade() -> None:
    op.drop_table("proposals_merge")
    op.drop_index(op.f("ix_proposals_proposal_merged_into"), "proposals_proposal")
    op.drop_constraint(
        op.f("fk_proposals_proposal_merged_into"), "proposals_proposal", type_="foreignkey"
    )
    op.drop_column("proposals_proposal", "merged_into")
