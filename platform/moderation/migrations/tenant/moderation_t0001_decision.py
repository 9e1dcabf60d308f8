"""Table of moderation: decisions to hide, appeals, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "moderation_t0001"
down_revision = None
branch_labels = ("moderation",)
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "moderation_decision"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("appeal_request_id", sa.Uuid()),
        sa.Column("appeal", sa.LargeBinary()),
        sa.Column("appealed_at", AT),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("reviewed_at", AT),
        sa.Column("reviewed_by_id", sa.Uuid()),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_decision")),
        sa.UniqueConstraint("request_id", name=op.f("uq_moderation_decision_request_id")),
        sa.UniqueConstraint(
            "appeal_request_id", name=op.f("uq_moderation_decision_appeal_request_id")
        ),
    )
    op.create_index(
        "uq_moderation_decision_in_force",
        TABLE,
        ["part", "object_id"],
        unique=True,
        postgresql_where=sa.text("outcome <> 'restored'"),
    )
    op.create_index("ix_moderation_decision_log", TABLE, ["at", "id"])
    for column in ("by_id", "reviewed_by_id"):
        op.create_index(op.f(f"ix_moderation_decision_{column}"), TABLE, [column])


def downgrade() -> None:
    op.drop_table(TABLE)
