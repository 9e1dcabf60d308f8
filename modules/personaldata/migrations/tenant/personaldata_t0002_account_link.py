"""Two accounts of one person that are read together."""

import sqlalchemy as sa
from alembic import op

revision = "personaldata_t0002"
down_revision = "personaldata_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "personaldata_account_link"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", AT, nullable=False),
        sa.Column("confirmed_at", AT),
        sa.Column("ended_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("case_id", name=op.f(f"uq_{TABLE}_case_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["personaldata_request.id"], name=op.f(f"fk_{TABLE}_case_id")
        ),
    )
    for column in ("person_id", "other_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade() -> None:
    op.drop_table(TABLE)
