"""What was told of already, what is new since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "selfcheck_t0002"
down_revision = "selfcheck_t0001"
branch_labels = None
depends_on = None

NOTHING = {"server_default": "[]", "nullable": False}


def upgrade() -> None:
    op.add_column("selfcheck_report", sa.Column("known", JSONB(), **NOTHING))
    op.add_column("selfcheck_report", sa.Column("fresh", JSONB(), **NOTHING))


def downgrade() -> None:
    for column in ("fresh", "known"):
        op.drop_column("selfcheck_report", column)
