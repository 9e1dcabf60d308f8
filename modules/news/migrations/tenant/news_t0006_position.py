"""Files of news stand in an order that an editor gives them."""

import sqlalchemy as sa
from alembic import op

revision = "news_t0006"
down_revision = "news_t0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    position = sa.Column("position", sa.Integer, nullable=False, server_default="0")
    op.add_column("news_attachment", position)


def downgrade() -> None:
    op.drop_column("news_attachment", "position")
