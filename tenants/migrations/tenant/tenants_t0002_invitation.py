"""People asked to work here who have not signed in yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "tenants_t0002"
down_revision = "tenants_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tenants_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", ARRAY(sa.Text()), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants_invitation")),
        sa.UniqueConstraint("request_id", name=op.f("uq_tenants_invitation_request_id")),
    )
    op.create_index(
        "uq_tenants_invitation_open",
        "tenants_invitation",
        ["email"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "tenants_colleague",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_tenants_colleague")),
    )


def downgrade() -> None:
    op.drop_table("tenants_colleague")
    op.drop_table("tenants_invitation")
