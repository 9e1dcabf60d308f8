"""Municipalities that are on their way in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "onboarding_s0001"
down_revision = None
branch_labels = ("onboarding",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "welcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("given", JSONB(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("done", JSONB(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welcome")),
        sa.UniqueConstraint("request_id", name=op.f("uq_welcome_request_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_welcome_slug")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE (done, trouble) ON welcome TO app_login")


def downgrade() -> None:
    op.drop_table("welcome")
