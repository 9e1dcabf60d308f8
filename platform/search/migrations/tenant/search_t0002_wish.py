"""How often a search in vain asked for what a module that is off would answer."""

import sqlalchemy as sa
from alembic import op

revision = "search_t0002"
down_revision = "search_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_wish",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("in_vain", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "part", name=op.f("pk_search_wish")),
    )


def downgrade() -> None:
    op.drop_table("search_wish")
