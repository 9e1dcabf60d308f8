"""By what a case is found in the queue. A job fills it: the key of a municipality is not here."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "eservices_t0010"
down_revision = "eservices_t0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("eservices_case", sa.Column("search_words", ARRAY(sa.Text())))
    op.create_index(
        "ix_eservices_case_search_words", "eservices_case", ["search_words"], postgresql_using="gin"
    )


def downgrade() -> None:
    op.drop_index("ix_eservices_case_search_words", "eservices_case")
    op.drop_column("eservices_case", "search_words")
