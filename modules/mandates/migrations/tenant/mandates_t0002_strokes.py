"""Signatures that were written on a screen."""

import sqlalchemy as sa
from alembic import op

revision = "mandates_t0002"
down_revision = "mandates_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mandates_mandate", sa.Column("strokes", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("mandates_mandate", "strokes")
