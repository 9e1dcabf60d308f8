"""The settings of a part in a municipality."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "settings_t0001"
down_revision = None
branch_labels = ("settings",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings_value",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("values", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_settings_value")),
    )


def downgrade() -> None:
    op.drop_table("settings_value")
