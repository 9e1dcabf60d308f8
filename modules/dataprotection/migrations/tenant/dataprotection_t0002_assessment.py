"""Table of assessments of impact."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "dataprotection_t0002"
down_revision = "dataprotection_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "dataprotection_assessment"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("is_open", sa.Boolean()),
        sa.Column("entry", JSONB(), nullable=False),
        sa.Column("criteria", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("answers", JSONB(), nullable=False),
        sa.Column("proposed_at", AT),
        sa.Column("proposed_by_id", sa.Uuid()),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("returned_why", sa.Text(), nullable=False),
        sa.Column("approved_at", AT),
        sa.Column("approved_by_id", sa.Uuid()),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
        sa.UniqueConstraint("activity", "is_open", name=op.f(f"uq_{TABLE}_activity_is_open")),
        sa.UniqueConstraint("activity", "number", name=op.f(f"uq_{TABLE}_activity_number")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
