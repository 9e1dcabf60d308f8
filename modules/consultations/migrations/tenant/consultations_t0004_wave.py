"""Waves: opinions that were hidden by one act."""

import sqlalchemy as sa
from alembic import op

revision = "consultations_t0004"
down_revision = "consultations_t0003"
branch_labels = None
depends_on = None

TABLE, PARENT, OPINION = "consultations_wave", "consultations_consultation", "consultations_opinion"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(OPINION, sa.Column("wave_id", sa.Uuid()))
    op.create_index(op.f(f"ix_{OPINION}_wave_id"), OPINION, ["wave_id"])
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("undone_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            [f"{PARENT}.id"],
            name=op.f(f"fk_{TABLE}_consultation_id_{PARENT}"),
        ),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
    )
    op.create_index(op.f(f"ix_{TABLE}_consultation_id"), TABLE, ["consultation_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column(OPINION, "wave_id")
