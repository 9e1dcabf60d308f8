"""Questions with links to other sites wait for a moderator."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0006"
down_revision = "proposals_t0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.Column("is_held", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("proposals_question", held)


def downgrade() -> None:
    op.drop_column("proposals_question", "is_held")
