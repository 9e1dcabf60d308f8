"""Who follows which thing by letter."""

import sqlalchemy as sa
from alembic import op

revision = "followers_t0001"
down_revision = None
branch_labels = ("followers",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followers_follower",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "part", "object_id", "pseudonym", name=op.f("pk_followers_follower")
        ),
    )
    op.create_index(op.f("ix_followers_follower_person_id"), "followers_follower", ["person_id"])


def downgrade() -> None:
    op.drop_table("followers_follower")
