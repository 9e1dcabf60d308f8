"""How often the settings of a part were changed: a form says which state it saw."""

import sqlalchemy as sa
from alembic import op

revision = "settings_t0002"
down_revision = "settings_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    version = sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    op.add_column("settings_value", version)


def downgrade() -> None:
    op.drop_column("settings_value", "version")
