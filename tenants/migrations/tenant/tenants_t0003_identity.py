"""What the state has said of people who signed in with its means."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_t0003"
down_revision = "tenants_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_identity",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.LargeBinary()),
        sa.Column("number_index", sa.LargeBinary()),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_tenants_identity")),
    )
    op.create_index(op.f("ix_tenants_identity_number_index"), "tenants_identity", ["number_index"])


def downgrade() -> None:
    op.drop_table("tenants_identity")
