"""Documents under numbers and codes, and the electronic seal."""

import sqlalchemy as sa
from alembic import op

revision = "documents_t0001"
down_revision = None
branch_labels = ("documents",)
depends_on = None

TEXT, AT = sa.Text(), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "documents_document",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "object_id")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("part", "series", "code", "title")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "sequence")),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("issued_at", AT, nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("revoked_at", AT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("fingerprint", TEXT, nullable=False),
        sa.Column("seal_subject", TEXT),
        sa.Column("seal_issuer", TEXT),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents_document")),
        sa.UniqueConstraint("code", name=op.f("uq_documents_document_code")),
        sa.UniqueConstraint(
            *("part", "series", "year", "sequence"),
            name=op.f("uq_documents_document_part_series_year_sequence"),
        ),
    )
    op.create_index(
        "uq_documents_document_in_force",
        "documents_document",
        ["part", "object_id", "series"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "documents_counter",
        sa.Column("kind", TEXT, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "last")),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_documents_counter")),
    )
    op.create_table(
        "documents_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, TEXT, nullable=False)
            for name in ("kind", "subject", "issuer", "fingerprint")
        ),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("put_at", AT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents_seal")),
        sa.UniqueConstraint("kind", name=op.f("uq_documents_seal_kind")),
    )


def downgrade() -> None:
    for table in ("documents_seal", "documents_counter", "documents_document"):
        op.drop_table(table)
