"""Additions that the author of a proposal took up: in which version they entered."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0007"
down_revision = "proposals_t0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals_question", sa.Column("entered_version", sa.Integer()))


def downgrade() -> None:
    op.drop_column("proposals_question", "entered_version")
