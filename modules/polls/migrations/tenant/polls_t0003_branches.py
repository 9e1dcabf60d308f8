"""Questions that are asked after certain answers; pictures of questions and answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "polls_t0003"
down_revision = "polls_t0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ids = postgresql.ARRAY(sa.Uuid())
    op.add_column("polls_question", sa.Column("only_if", ids, server_default="{}", nullable=False))
    op.create_table(
        "polls_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("words", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["polls_question.id"],
            name=op.f("fk_polls_picture_question_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["polls_option.id"],
            name=op.f("fk_polls_picture_option_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls_picture")),
        sa.UniqueConstraint("request_id", name=op.f("uq_polls_picture_request_id")),
        sa.UniqueConstraint(
            "question_id",
            "option_id",
            name=op.f("uq_polls_picture_question_id_option_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_polls_picture_option_id"), "polls_picture", ["option_id"])


def downgrade() -> None:
    op.drop_table("polls_picture")
    op.drop_column("polls_question", "only_if")
