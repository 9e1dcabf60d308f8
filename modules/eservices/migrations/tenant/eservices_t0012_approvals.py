"""Approvals of a decision one after the other; cases recorded from trials of own services."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0012"
down_revision = "eservices_t0011"
branch_labels = None
depends_on = None

TEXT = sa.Text()
PROPOSAL, CASE = "eservices_proposal", "eservices_recorded_case"


def upgrade() -> None:
    step = sa.Column("step", sa.Integer(), server_default="0", nullable=False)
    op.add_column(PROPOSAL, step)
    for name in ("waits_for", "assigned_to"):
        op.add_column(PROPOSAL, sa.Column(name, TEXT, server_default="", nullable=False))
    op.add_column(PROPOSAL, sa.Column("assigned_to_id", sa.Uuid()))
    op.create_index(op.f("ix_eservices_proposal_assigned_to_id"), PROPOSAL, ["assigned_to_id"])
    op.create_table(
        CASE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("service", "name")),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid()),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_recorded_case")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_recorded_case_request_id")),
    )
    for name in ("service", "recorded_by_id"):
        op.create_index(op.f(f"ix_eservices_recorded_case_{name}"), CASE, [name])


def downgrade() -> None:
    op.drop_table(CASE)
    op.drop_index(op.f("ix_eservices_proposal_assigned_to_id"), PROPOSAL)
    for name in ("assigned_to_id", "assigned_to", "waits_for", "step"):
        op.drop_column(PROPOSAL, name)
