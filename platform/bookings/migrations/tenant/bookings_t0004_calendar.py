"""Secret addresses of calendars, of a person or of a resource."""

import sqlalchemy as sa
from alembic import op

revision = "bookings_t0004"
down_revision = "bookings_t0003"
branch_labels = None
depends_on = None
TABLE = "bookings_calendar"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("resource_id", sa.Uuid()),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["bookings_resource.id"],
            name=op.f("fk_bookings_calendar_resource_id_bookings_resource"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings_calendar")),
        sa.UniqueConstraint("person_id", name=op.f("uq_bookings_calendar_person_id")),
        sa.UniqueConstraint("resource_id", name=op.f("uq_bookings_calendar_resource_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_bookings_calendar_token_hash")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
