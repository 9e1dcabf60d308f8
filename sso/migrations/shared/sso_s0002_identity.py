"""What the state said of somebody goes along with the sign-in, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "sso_s0002"
down_revision = "sso_s0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sso_hand_off", sa.Column("identifier", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("sso_hand_off", "identifier")
