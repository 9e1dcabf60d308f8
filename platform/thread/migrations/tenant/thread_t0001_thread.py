"""Tables of the thread: things, their stations, what followed from what."""

import sqlalchemy as sa
from alembic import op

revision = "thread_t0001"
down_revision = None
branch_labels = ("thread",)
depends_on = None

OPEN = "reached_on IS NULL AND dropped_on IS NULL AND NOT comes_by_itself"


def upgrade() -> None:
    op.create_table(
        "thread_thing",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "path", "place")),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("part", "object_id", name=op.f("pk_thread_thing")),
    )
    for column in ("object_id", "thread_id"):
        op.create_index(op.f(f"ix_thread_thing_{column}"), "thread_thing", [column])
    op.create_table(
        "thread_station",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Date())
            for name in ("due_on", "first_due_on", "reached_on", "dropped_on")
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "owes")),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("comes_by_itself", "is_promise")
        ),
        *(sa.Column(name, sa.Date()) for name in ("told_for", "told_on")),
        sa.PrimaryKeyConstraint("part", "object_id", "word", name=op.f("pk_thread_station")),
    )
    op.create_index(
        "ix_thread_station_due", "thread_station", ["due_on"], postgresql_where=sa.text(OPEN)
    )
    op.create_table(
        "thread_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("from_part", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("is_declared", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_link")),
        sa.UniqueConstraint("request_id", name=op.f("uq_thread_link_request_id")),
        sa.UniqueConstraint(
            *("from_part", "from_id", "part", "object_id"),
            name=op.f("uq_thread_link_from_part_from_id_part_object_id"),
        ),
    )
    op.create_index("ix_thread_link_to", "thread_link", ["part", "object_id"])


def downgrade() -> None:
    for table in ("link", "station", "thing"):
        op.drop_table(f"thread_{table}")
