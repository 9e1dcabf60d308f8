"""Proofs of retention, legal holds, erasures that wait for a hold."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "privacy_t0001"
down_revision = None
branch_labels = ("privacy",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "privacy_retention_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("emptied", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("tables", JSONB(), nullable=False),
        sa.Column("ids_hash", sa.LargeBinary()),
        sa.Column("empty_key", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_retention_run")),
        sa.UniqueConstraint("empty_key", name=op.f("uq_privacy_retention_run_empty_key")),
    )
    op.create_index("ix_privacy_retention_run_at", "privacy_retention_run", ["at", "id"])
    op.create_index("ix_privacy_retention_run_job", "privacy_retention_run", ["job", "at"])
    # The role of the municipality carries the name of its schema.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON privacy_retention_run FROM "{schema}"')
    _holds()


def _holds() -> None:
    op.create_table(
        "privacy_legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid()),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("placed_at", AT, nullable=False),
        sa.Column("placed_by_id", sa.Uuid()),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("ended_at", AT),
        sa.Column("ended_by_id", sa.Uuid()),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_legal_hold")),
        sa.UniqueConstraint("request_id", name=op.f("uq_privacy_legal_hold_request_id")),
    )
    op.create_index("ix_privacy_legal_hold_until", "privacy_legal_hold", ["until", "id"])
    op.create_table(
        "privacy_pending_erasure",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_privacy_pending_erasure")),
    )


def downgrade() -> None:
    for table in ("privacy_pending_erasure", "privacy_legal_hold", "privacy_retention_run"):
        op.drop_table(table)
