"""Walks along places, and a picture of a place."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "places_t0002"
down_revision = "places_t0001"
branch_labels = None
depends_on = None
SHOWN = "published_at IS NOT NULL AND deleted_at IS NULL"


def upgrade() -> None:
    op.add_column("places_place", sa.Column("picture_id", sa.Uuid()))
    op.add_column(
        "places_place", sa.Column("picture_alt", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        "places_walk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("translations", postgresql.JSONB(), nullable=False),
        sa.Column("stops", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places_walk")),
        sa.UniqueConstraint("request_id", name=op.f("uq_places_walk_request_id")),
    )
    shown = sa.text(SHOWN)
    op.create_index(
        "ix_places_walk_shown", "places_walk", ["sort_key", "id"], postgresql_where=shown
    )
    op.create_index(op.f("ix_places_walk_deleted_at"), "places_walk", ["deleted_at"])


def downgrade() -> None:
    op.drop_table("places_walk")
    for column in ("picture_alt", "picture_id"):
        op.drop_column("places_place", column)
