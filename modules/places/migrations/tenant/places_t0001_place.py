"""Places."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "places_t0001"
down_revision = None
branch_labels = ("places",)
depends_on = None
SHOWN = "published_at IS NOT NULL AND deleted_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "places_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("translations", postgresql.JSONB(), nullable=False),
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("settlement", postgresql.JSONB(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("features", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("hours", postgresql.JSONB(), nullable=False),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("reminded_on", sa.Date()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places_place")),
        sa.UniqueConstraint("request_id", name=op.f("uq_places_place_request_id")),
    )
    shown = sa.text(SHOWN)
    op.create_index(
        "ix_places_place_shown", "places_place", ["sort_key", "id"], postgresql_where=shown
    )
    op.create_index(
        "ix_places_place_kind", "places_place", ["kind", "sort_key"], postgresql_where=shown
    )
    op.create_index(op.f("ix_places_place_deleted_at"), "places_place", ["deleted_at"])


def downgrade() -> None:
    op.drop_table("places_place")
