"""The span of a video that is offered as its short version."""

import sqlalchemy as sa
from alembic import op

revision = "videos_t0003"
down_revision = "videos_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("cut_from", "cut_until"):
        op.add_column("videos_video", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("cut_until", "cut_from"):
        op.drop_column("videos_video", name)
