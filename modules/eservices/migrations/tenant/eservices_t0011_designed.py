"""Services made by the municipality, and their published versions."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0011"
down_revision = "eservices_t0010"
branch_labels = None
depends_on = None

TEXT = sa.Text()
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "eservices_designed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("key", "title", "design")),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("changed_by", TEXT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_because", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_designed")),
        sa.UniqueConstraint("key", name=op.f("uq_eservices_designed_key")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_designed_request_id")),
    )
    op.create_index(
        op.f("ix_eservices_designed_changed_by_id"), "eservices_designed", ["changed_by_id"]
    )
    op.create_table(
        "eservices_designed_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("definition", "note")),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by_id", sa.Uuid()),
        sa.Column("published_by", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_designed_version")),
        sa.UniqueConstraint(
            "service", "number", name=op.f("uq_eservices_designed_version_service_number")
        ),
    )
    op.create_index(
        op.f("ix_eservices_designed_version_published_by_id"),
        "eservices_designed_version",
        ["published_by_id"],
    )


def downgrade() -> None:
    op.drop_table("eservices_designed_version")
    op.drop_table("eservices_designed")
