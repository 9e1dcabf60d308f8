"""Phones and browsers beside mailboxes."""

import sqlalchemy as sa
from alembic import op

revision = "notify_t0003"
down_revision = "notify_t0002"
branch_labels = None
depends_on = None

SUBSCRIBER, MESSAGE = "notify_subscriber", "notify_message"


def upgrade() -> None:
    for table in (SUBSCRIBER, MESSAGE):
        column = sa.Column("channel", sa.Text(), server_default="email", nullable=False)
        op.add_column(table, column)
    op.add_column(SUBSCRIBER, sa.Column("code_hash", sa.LargeBinary()))
    op.add_column(SUBSCRIBER, sa.Column("code_until", sa.DateTime(timezone=True)))
    op.drop_constraint(op.f("uq_notify_subscriber_person_id"), SUBSCRIBER)
    op.create_index(
        "uq_notify_subscriber_person_id_channel",
        SUBSCRIBER,
        ["person_id", "channel"],
        unique=True,
        postgresql_where=sa.text("channel <> 'push'"),
    )
    _number(MESSAGE, "parts")
    op.add_column(MESSAGE, sa.Column("gateway", sa.Text()))
    op.add_column(MESSAGE, sa.Column("delivered_at", sa.DateTime(timezone=True)))
    op.create_table(
        "notify_warned",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", name=op.f("pk_notify_warned")),
    )


def _number(table: str, name: str) -> None:
    op.add_column(table, sa.Column(name, sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_table("notify_warned")
    # An older release would write letters to phones.
    op.execute("DELETE FROM notify_message WHERE channel <> 'email'")
    op.execute("DELETE FROM notify_subscriber WHERE channel <> 'email'")
    for name in ("delivered_at", "gateway", "parts", "channel"):
        op.drop_column(MESSAGE, name)
    op.drop_index("uq_notify_subscriber_person_id_channel", SUBSCRIBER)
    op.create_unique_constraint(op.f("uq_notify_subscriber_person_id"), SUBSCRIBER, ["person_id"])
    for name in ("code_until", "code_hash", "channel"):
        op.drop_column(SUBSCRIBER, name)
