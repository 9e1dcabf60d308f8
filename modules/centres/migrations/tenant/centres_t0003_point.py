"""Where the door of a centre is on the map."""

import sqlalchemy as sa
from alembic import op

revision = "centres_t0003"
down_revision = "centres_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("latitude", "longitude"):
        op.add_column("centres_centre", sa.Column(name, sa.Float()))


def downgrade() -> None:
    for name in ("longitude", "latitude"):
        op.drop_column("centres_centre", name)
