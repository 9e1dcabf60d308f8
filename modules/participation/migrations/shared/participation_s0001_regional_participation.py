"""Table of published years of all municipalities."""

import sqlalchemy as sa
from alembic import op

revision = "participation_s0001"
down_revision = None
branch_labels = ("participation",)
depends_on = None

NUMBERS = ("things", "voices", "kept", "late")


def upgrade() -> None:
    op.create_table(
        "regional_participation",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("residents", sa.Integer()),
        sa.PrimaryKeyConstraint("municipality", "year", name=op.f("pk_regional_participation")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_participation TO app_login")


def downgrade() -> None:
    op.drop_table("regional_participation")
