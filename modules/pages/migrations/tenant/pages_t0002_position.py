"""Files of pages stand in an order that an editor gives them."""

import sqlalchemy as sa
from alembic import op

revision = "pages_t0002"
down_revision = "pages_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    position = sa.Column("position", sa.Integer, nullable=False, server_default="0")
    op.add_column("pages_attachment", position)


def downgrade() -> None:
    op.drop_column("pages_attachment", "position")
