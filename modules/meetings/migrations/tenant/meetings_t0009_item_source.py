"""Thing from which a point of an agenda came: a proposal, a consultation."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0009"
down_revision = "meetings_t0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    part = sa.Column("from_part", sa.Text(), nullable=False, server_default="")
    op.add_column("meetings_item", part)
    op.add_column("meetings_item", sa.Column("from_id", sa.Uuid()))


def downgrade() -> None:
    op.drop_column("meetings_item", "from_id")
    op.drop_column("meetings_item", "from_part")
