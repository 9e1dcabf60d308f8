"""Documents that are corrected: one with a number of its own takes the place of another."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0016"
down_revision = "eservices_t0015"
branch_labels = None
depends_on = None

DOCUMENT, PROPOSAL = "eservices_document", "eservices_proposal"
ONE_OF_A_CASE = "uq_eservices_document_case_id"


def upgrade() -> None:
    op.add_column(DOCUMENT, sa.Column("replaces_id", sa.Uuid()))
    op.add_column(DOCUMENT, sa.Column("replaced_at", sa.DateTime(timezone=True)))
    op.add_column(DOCUMENT, sa.Column("printed", sa.LargeBinary()))
    op.create_unique_constraint("uq_eservices_document_replaces_id", DOCUMENT, ["replaces_id"])
    op.drop_constraint(ONE_OF_A_CASE, DOCUMENT)
    op.create_index("ix_eservices_document_case_id", DOCUMENT, ["case_id"])
    op.create_index(
        "uq_eservices_document_in_force",
        DOCUMENT,
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.add_column(
        PROPOSAL, sa.Column("is_correction", sa.Boolean(), server_default="false", nullable=False)
    )


def downgrade() -> None:
    op.drop_column(PROPOSAL, "is_correction")
    op.drop_index("uq_eservices_document_in_force", DOCUMENT)
    op.drop_index("ix_eservices_document_case_id", DOCUMENT)
    op.create_unique_constraint(ONE_OF_A_CASE, DOCUMENT, ["case_id"])
    op.drop_constraint("uq_eservices_document_replaces_id", DOCUMENT)
    for name in ("printed", "replaced_at", "replaces_id"):
        op.drop_column(DOCUMENT, name)
