"""Table of the data sets of all municipalities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "opendata_s0001"
down_revision = None
branch_labels = ("opendata",)
depends_on = None

WORDS = ("theme", "licence")


def upgrade() -> None:
    op.create_table(
        "regional_dataset",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("municipality", "part", "slug")),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("titles", "abouts", "sizes")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "rows")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "part", "slug", name=op.f("pk_regional_dataset")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_dataset TO app_login")


def downgrade() -> None:
    op.drop_table("regional_dataset")
