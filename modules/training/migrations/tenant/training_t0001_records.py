"""Tables of training: attempts at missions, records of what was learned."""

import sqlalchemy as sa
from alembic import op

revision = "training_t0001"
down_revision = None
branch_labels = ("training",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "training_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("steps_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_attempt")),
        sa.UniqueConstraint("request_id", name=op.f("uq_training_attempt_request_id")),
    )
    op.create_index(
        "uq_training_attempt_open",
        "training_attempt",
        ["person_id", "mission"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    columns = ["person_id", "mission", "started_at"]
    op.create_index("ix_training_attempt_person", "training_attempt", columns)
    op.create_table(
        "training_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("mission", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("learned_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("warned_at", AT),
        sa.Column("cancelled_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("request_id", name=op.f("uq_training_record_request_id")),
    )
    op.create_index("ix_training_record_person", "training_record", ["person_id", "topic"])
    op.create_index("ix_training_record_valid_until", "training_record", ["valid_until"])


def downgrade() -> None:
    for table in ("record", "attempt"):
        op.drop_table(f"training_{table}")
