"""What the last look for leaks found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "canary_s0001"
down_revision = None
branch_labels = ("canary",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canary_look",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("probes", sa.Integer(), nullable=False),
        sa.Column("leaks", JSONB(), nullable=False),
        sa.Column("blind", ARRAY(sa.Text()), nullable=False),
        sa.Column("unplanted", ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_canary_look")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON canary_look TO app_login")


def downgrade() -> None:
    op.drop_table("canary_look")
