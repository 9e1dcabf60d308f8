"""Who gets the letter of the week, and for which week they have it."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_t0007"
down_revision = "tenants_t0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_weekly_reader",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("written_for", sa.Date()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_tenants_weekly_reader")),
    )


def downgrade() -> None:
    op.drop_table("tenants_weekly_reader")
