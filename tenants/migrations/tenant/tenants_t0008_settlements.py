"""Settlement profiles and how they stood before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "tenants_t0008"
down_revision = "tenants_t0007"
branch_labels = None
depends_on = None

PROFILE, VERSION = "tenants_settlement_profile", "tenants_settlement_version"


def upgrade() -> None:
    op.create_table(
        PROFILE,
        sa.Column("ekatte", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("mayor", "phone", "address")),
        sa.Column("hours", JSONB(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Uuid()),
        sa.Column("picture_alt", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("ekatte", name=op.f("pk_tenants_settlement_profile")),
    )
    op.create_table(
        VERSION,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("said", JSONB(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Uuid()),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants_settlement_version")),
    )
    op.create_index("ix_tenants_settlement_version_of", VERSION, ["ekatte", "replaced_at"])


def downgrade() -> None:
    op.drop_table(VERSION)
    op.drop_table(PROFILE)
