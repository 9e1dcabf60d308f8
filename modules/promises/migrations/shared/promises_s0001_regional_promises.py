"""Table of how many promises of each municipality stand how."""

import sqlalchemy as sa
from alembic import op

revision = "promises_s0001"
down_revision = None
branch_labels = ("promises",)
depends_on = None

NUMBERS = ("late", "open", "kept", "kept_late", "dropped")


def upgrade() -> None:
    op.create_table(
        "regional_promises",
        sa.Column("municipality", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_regional_promises")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_promises TO app_login")


def downgrade() -> None:
    op.drop_table("regional_promises")
