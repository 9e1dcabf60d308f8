"""A sign-in may be on the way to a change of the account."""

import sqlalchemy as sa
from alembic import op

revision = "sso_s0003"
down_revision = "sso_s0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sso_attempt", sa.Column("act", sa.Text()))
    op.add_column("sso_hand_off", sa.Column("act", sa.Text()))


def downgrade() -> None:
    op.drop_column("sso_hand_off", "act")
    op.drop_column("sso_attempt", "act")
