"""Language of the letter with the code, as the voter asks."""

import sqlalchemy as sa
from alembic import op

revision = "voters_t0002"
down_revision = "voters_t0001"
branch_labels = None
depends_on = None
TABLE = "voters_registration"


def upgrade() -> None:
    """Who registered before gets what everybody got."""
    language = sa.Column("language", sa.Text(), server_default="bg", nullable=False)
    op.add_column(TABLE, language)


def downgrade() -> None:
    op.drop_column(TABLE, "language")
