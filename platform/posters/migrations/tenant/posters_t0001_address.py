"""Numbers that stand on paper."""

import sqlalchemy as sa
from alembic import op

revision = "posters_t0001"
down_revision = None
branch_labels = ("posters",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posters_address",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_posters_address")),
        sa.UniqueConstraint("part", "object_id", name=op.f("uq_posters_address_part_object_id")),
    )


def downgrade() -> None:
    op.drop_table("posters_address")
