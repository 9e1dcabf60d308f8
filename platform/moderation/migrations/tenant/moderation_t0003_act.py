"""Acts about many things at once: each decision says of which one it is part."""

import sqlalchemy as sa
from alembic import op

revision = "moderation_t0003"
down_revision = "moderation_t0002"
branch_labels = None
depends_on = None

TABLE = "moderation_decision"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("act_id", sa.Uuid()))
    op.create_index(op.f(f"ix_{TABLE}_act_id"), TABLE, ["act_id"])


def downgrade() -> None:
    op.drop_column(TABLE, "act_id")
