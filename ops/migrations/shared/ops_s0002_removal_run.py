"""What the keeper removed outside the municipalities' tables: counts, and a hash of names."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "ops_s0002"
down_revision = "ops_s0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "removal_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("took", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary()),
        sa.Column("kept", ARRAY(MOMENT), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_run")),
    )
    op.create_index(
        op.f("ix_removal_run_kind_municipality_at"), "removal_run", ["kind", "municipality", "at"]
    )
    op.execute("GRANT SELECT, INSERT ON removal_run TO app_login")


def downgrade() -> None:
    op.drop_table("removal_run")
