"""Two columns and an index that nothing reads."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0002"
down_revision = "eservices_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_eservices_case_sent_at"), "eservices_case")
    op.drop_column("eservices_draft", "started_at")
    op.drop_column("eservices_document", "official")


def downgrade() -> None:
    """Nobody knows any more when a draft was begun: the day it was saved stands for it."""
    op.add_column("eservices_document", sa.Column("official", sa.Text(), server_default=""))
    op.alter_column("eservices_document", "official", nullable=False, server_default=None)
    op.add_column("eservices_draft", sa.Column("started_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE eservices_draft SET started_at = saved_at")
    op.alter_column("eservices_draft", "started_at", nullable=False)
    op.create_index(op.f("ix_eservices_case_sent_at"), "eservices_case", ["sent_at"])
