"""Mayors of villages, each bound to their own."""

import sqlalchemy as sa
from alembic import op

revision = "feeds_t0003"
down_revision = "feeds_t0002"
branch_labels = None
depends_on = None

TABLE = "feeds_village_mayor"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ekatte", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_person_id"), TABLE, ["person_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
