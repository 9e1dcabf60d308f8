"""How often people asked staff for what a module that is off would answer."""

import sqlalchemy as sa
from alembic import op

revision = "search_t0004"
down_revision = "search_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked = sa.Column("at_counter", sa.Integer(), server_default="0", nullable=False)
    op.add_column("search_wish", asked)
    op.alter_column("search_wish", "in_vain", server_default="0")


def downgrade() -> None:
    op.alter_column("search_wish", "in_vain", server_default=None)
    op.drop_column("search_wish", "at_counter")
