"""Objects as they were told last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "oparl_t0001"
down_revision = None
branch_labels = ("oparl",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oparl_object",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_oparl_object")),
    )
    op.create_index("ix_oparl_object_modified", "oparl_object", ["kind", "modified_at"])


def downgrade() -> None:
    op.drop_table("oparl_object")
