"""Restrictions of processing that people asked for."""

import sqlalchemy as sa
from alembic import op

revision = "privacy_t0002"
down_revision = "privacy_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "privacy_restriction"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("subject_index", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("placed_at", AT, nullable=False),
        sa.Column("placed_by_id", sa.Uuid()),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("ends_at", AT),
        sa.Column("lifted_by_id", sa.Uuid()),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.Column("lifted_why", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("case_id", name=op.f(f"uq_{TABLE}_case_id")),
    )
    index = "ix_privacy_restriction_subject"
    op.create_index(index, TABLE, ["subject_index"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table(TABLE)
