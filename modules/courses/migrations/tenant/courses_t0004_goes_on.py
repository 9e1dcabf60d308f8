"""Groups below their minimum that take place all the same."""

import sqlalchemy as sa
from alembic import op

revision = "courses_t0004"
down_revision = "courses_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("courses_group", sa.Column("goes_on_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("courses_group", "goes_on_at")
