"""What the regional profile shows."""

import sqlalchemy as sa
from alembic import op

revision = "feeds_s0001"
down_revision = None
branch_labels = ("feeds",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regional_post",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("title", "summary", "path", "place")
        ),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("municipality", "post_id", name=op.f("pk_regional_post")),
    )
    op.create_index(op.f("ix_regional_post_published_at"), "regional_post", ["published_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_post TO app_login")


def downgrade() -> None:
    op.drop_table("regional_post")
