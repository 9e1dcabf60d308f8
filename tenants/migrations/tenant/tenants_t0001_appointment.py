"""Who holds which role in this municipality."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_t0001"
down_revision = None
branch_labels = ("tenants",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_appointment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_tenants_appointment")),
    )


def downgrade() -> None:
    op.drop_table("tenants_appointment")
