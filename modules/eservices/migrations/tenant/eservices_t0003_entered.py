"""How an application came, and who of the staff typed it in."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0003"
down_revision = "eservices_t0002"
branch_labels = None
depends_on = None

TABLES = ("eservices_draft", "eservices_case")
WORDS = {"channel": "portal", "entered_by": ""}


def upgrade() -> None:
    """What is there came through the portal."""
    for table in TABLES:
        for name, first in WORDS.items():
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=first))
            op.alter_column(table, name, server_default=None)
        op.add_column(table, sa.Column("entered_by_id", sa.Uuid()))
        op.create_index(op.f(f"ix_{table}_entered_by_id"), table, ["entered_by_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_entered_by_id"), table)
        for name in ("entered_by_id", *WORDS):
            op.drop_column(table, name)
