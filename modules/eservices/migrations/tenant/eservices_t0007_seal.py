"""The electronic seal; who sealed each document."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0007"
down_revision = "eservices_t0006"
branch_labels = None
depends_on = None

TEXT = sa.Text()


def upgrade() -> None:
    op.create_table(
        "eservices_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("subject", "issuer")),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_by_id", sa.Uuid()),
        sa.Column("put_by", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_seal")),
        sa.UniqueConstraint("kind", name=op.f("uq_eservices_seal_kind")),
    )
    op.create_index(op.f("ix_eservices_seal_put_by_id"), "eservices_seal", ["put_by_id"])
    op.add_column("eservices_document", sa.Column("seal_subject", TEXT))
    op.add_column("eservices_document", sa.Column("seal_issuer", TEXT))


def downgrade() -> None:
    for column in ("seal_issuer", "seal_subject"):
        op.drop_column("eservices_document", column)
    op.drop_table("eservices_seal")
