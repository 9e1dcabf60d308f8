"""Questions are taken one by one in the room, and marked when they were answered there."""

import sqlalchemy as sa
from alembic import op

revision = "meetings_t0005"
down_revision = "meetings_t0004"
branch_labels = None
depends_on = None

NAMES = ("taken_at", "settled_at")


def upgrade() -> None:
    for name in NAMES:
        op.add_column("meetings_question", sa.Column(name, sa.DateTime(timezone=True)))


def downgrade() -> None:
    for name in NAMES:
        op.drop_column("meetings_question", name)
