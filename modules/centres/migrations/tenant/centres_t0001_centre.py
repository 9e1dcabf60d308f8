"""Tables of centres: centres and offices, visits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "centres_t0001"
down_revision = None
branch_labels = ("centres",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "centres_centre",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("helper", sa.Text(), nullable=False),
        sa.Column("translations", JSONB(), nullable=False),
        sa.Column("ekatte", sa.Text(), nullable=False),
        sa.Column("settlement", JSONB(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("features", ARRAY(sa.Text()), nullable=False),
        sa.Column("equipment", ARRAY(sa.Text()), nullable=False),
        sa.Column("hours", JSONB(), nullable=False),
        sa.Column("written_at", AT, nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("published_at", AT),
        sa.Column("deleted_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres_centre")),
        sa.UniqueConstraint("request_id", name=op.f("uq_centres_centre_request_id")),
    )
    op.create_index(op.f("ix_centres_centre_deleted_at"), "centres_centre", ["deleted_at"])
    op.create_index(
        "ix_centres_centre_shown",
        "centres_centre",
        ["kind", "sort_key", "id"],
        postgresql_where=sa.text("published_at IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_table(
        "centres_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Uuid()),
        sa.Column("seat", sa.Integer()),
        sa.Column("came_at", AT, nullable=False),
        sa.Column("seated_at", AT),
        sa.Column("until", AT),
        sa.Column("ended_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres_visit")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centres_centre.id"], name=op.f("fk_centres_visit_centre_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_centres_visit_request_id")),
        sa.UniqueConstraint(
            "centre_id", "day", "number", name=op.f("uq_centres_visit_centre_id_day_number")
        ),
    )
    op.create_index(
        "uq_centres_visit_seat",
        "centres_visit",
        ["resource_id", "seat"],
        unique=True,
        postgresql_where=sa.text("seated_at IS NOT NULL AND ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("centres_visit")
    op.drop_table("centres_centre")
