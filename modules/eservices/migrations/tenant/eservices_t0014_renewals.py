"""Documents with a term: whose holder was told that they end, and what follows them."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0014"
down_revision = "eservices_t0013"
branch_labels = None
depends_on = None

CASE, DRAFT, DOCUMENT = "eservices_case", "eservices_draft", "eservices_document"
NOTICE = "eservices_expiry"


def upgrade() -> None:
    for table in (CASE, DRAFT):
        op.add_column(table, sa.Column("renews_id", sa.Uuid()))
    op.create_index(op.f("ix_eservices_case_renews_id"), CASE, ["renews_id"])
    op.create_index("ix_eservices_document_valid_until", DOCUMENT, ["valid_until"])
    op.create_table(
        NOTICE,
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("told_by_id", sa.Uuid()),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_eservices_expiry")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["eservices_document.id"],
            name=op.f("fk_eservices_expiry_document_id"),
        ),
    )
    op.create_index("ix_eservices_expiry_way", NOTICE, ["way"])
    op.create_index(op.f("ix_eservices_expiry_told_by_id"), NOTICE, ["told_by_id"])


def downgrade() -> None:
    op.drop_table(NOTICE)
    op.drop_index("ix_eservices_document_valid_until", table_name=DOCUMENT)
    op.drop_index(op.f("ix_eservices_case_renews_id"), table_name=CASE)
    for table in (DRAFT, CASE):
        op.drop_column(table, "renews_id")
