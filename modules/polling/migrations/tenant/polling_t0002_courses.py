"""What a member of a commission is trained by."""

import sqlalchemy as sa
from alembic import op

revision = "polling_t0002"
down_revision = "polling_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "polling_member", sa.Column("course", sa.Text(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("polling_member", "course")
