"""A typed reason and a shared family name of a look; an index to read looks in their order."""

import sqlalchemy as sa
from alembic import op

revision = "purposes_t0002"
down_revision = "purposes_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("purposes_look", sa.Column("reason", sa.LargeBinary()))
    is_namesake = sa.Column(
        "is_namesake", sa.Boolean(), server_default=sa.text("false"), nullable=False
    )
    op.add_column("purposes_look", is_namesake)
    op.create_index("ix_purposes_look_at", "purposes_look", ["at", "id"])


def downgrade() -> None:
    op.drop_index("ix_purposes_look_at", "purposes_look")
    op.drop_column("purposes_look", "is_namesake")
    op.drop_column("purposes_look", "reason")
