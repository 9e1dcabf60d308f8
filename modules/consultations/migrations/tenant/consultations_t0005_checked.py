"""When staff have decided about the words of an opinion."""

import sqlalchemy as sa
from alembic import op

revision = "consultations_t0005"
down_revision = "consultations_t0004"
branch_labels = None
depends_on = None

TABLE = "consultations_opinion"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("checked_at", sa.DateTime(timezone=True)))
    op.execute(f"UPDATE {TABLE} SET checked_at = hidden_at WHERE hidden_at IS NOT NULL")
    op.execute(
        f"UPDATE {TABLE} AS opinion SET checked_at = answer.at FROM consultations_answer AS answer"
        " WHERE answer.id = opinion.answer_id"
    )


def downgrade() -> None:
    op.drop_column(TABLE, "checked_at")
