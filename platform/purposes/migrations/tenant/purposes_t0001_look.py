"""Table of recorded looks at data of people."""

import sqlalchemy as sa
from alembic import op

revision = "purposes_t0001"
down_revision = None
branch_labels = ("purposes",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purposes_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("subject_index", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purposes_look")),
        sa.UniqueConstraint("request_id", name=op.f("uq_purposes_look_request_id")),
    )
    op.create_index("ix_purposes_look_object", "purposes_look", ["part", "object_id", "at"])
    op.create_index("ix_purposes_look_by", "purposes_look", ["by_id", "at"])
    op.create_index(
        "ix_purposes_look_subject", "purposes_look", ["subject_index"], postgresql_using="gin"
    )


def downgrade() -> None:
    op.drop_table("purposes_look")
