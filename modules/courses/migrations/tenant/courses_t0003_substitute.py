"""Who teaches one lesson instead of the group's teacher."""

import sqlalchemy as sa
from alembic import op

revision = "courses_t0003"
down_revision = "courses_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("courses_lesson", sa.Column("substitute_id", sa.Uuid()))
    name = sa.Column("substitute", sa.Text(), server_default="", nullable=False)
    op.add_column("courses_lesson", name)
    op.create_index("ix_courses_lesson_substitute", "courses_lesson", ["substitute_id", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_courses_lesson_substitute", "courses_lesson")
    op.drop_column("courses_lesson", "substitute")
    op.drop_column("courses_lesson", "substitute_id")
