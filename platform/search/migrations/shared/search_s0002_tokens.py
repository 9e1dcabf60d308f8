"""The region's entries can be searched: text, place, end, tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "search_s0002"
down_revision = "search_s0001"
branch_labels = None
depends_on = None

TEXTS = (("text", sa.Text()), ("place", sa.Text()))
TOKENS = (("title_tokens", TSVECTOR()), ("tokens", TSVECTOR()))


def upgrade() -> None:
    # Rows that are there are found again after the next renewal, which is every night.
    for name, kind in (*TEXTS, *TOKENS):
        op.add_column("public_entry", sa.Column(name, kind, nullable=False, server_default=""))
        op.alter_column("public_entry", name, server_default=None)
    op.add_column("public_entry", sa.Column("until", sa.DateTime(timezone=True)))
    for name, _ in TOKENS:
        op.create_index(f"ix_public_entry_{name}", "public_entry", [name], postgresql_using="gin")


def downgrade() -> None:
    for name in ("until", *(name for name, _ in (*TOKENS, *TEXTS))):
        op.drop_column("public_entry", name)
