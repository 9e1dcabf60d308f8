"""Lines, stops, calendars and alerts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "transit_t0001"
down_revision = None
branch_labels = ("transit",)
depends_on = None


def texts(*names):
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def moments(*names, nullable=False):
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def ids(*names, nullable=False):
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def key(table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def once(table):
    return sa.UniqueConstraint("request_id", name=op.f(f"uq_{table}_request_id"))


def version():
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def of_line(table):
    return sa.ForeignKeyConstraint(
        ["line_id"], ["transit_line.id"], name=op.f(f"fk_{table}_line_id")
    )


def upgrade() -> None:
    _lines()
    _stops()
    _alerts()


def _lines() -> None:
    op.create_table(
        "transit_line",
        *ids("id", "request_id"),
        *texts("number", "name", "sort_key", "carrier", "phone", "source", "changed_by"),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("draft", JSONB(), nullable=False),
        sa.Column("shown", JSONB(), nullable=False),
        *moments("written_at", "changed_at"),
        *moments("published_at", "deleted_at", nullable=True),
        *ids("changed_by_id", nullable=True),
        version(),
        key("transit_line"),
        once("transit_line"),
    )
    shown = sa.text("published_at IS NOT NULL")
    op.create_index("ix_transit_line_shown", "transit_line", ["sort_key"], postgresql_where=shown)
    for name in ("deleted_at", "changed_by_id"):
        op.create_index(op.f(f"ix_transit_line_{name}"), "transit_line", [name])
    op.create_table(
        "transit_edition",
        *ids("id", "line_id"),
        sa.Column("content", JSONB(), nullable=False),
        *moments("published_at"),
        *texts("published_by"),
        *ids("published_by_id", nullable=True),
        key("transit_edition"),
        of_line("transit_edition"),
    )
    latest = ["line_id", sa.text("published_at DESC")]
    op.create_index("ix_transit_edition_line", "transit_edition", latest)
    op.create_index(
        op.f("ix_transit_edition_published_by_id"), "transit_edition", ["published_by_id"]
    )


def _stops() -> None:
    op.create_table(
        "transit_stop",
        *ids("id", "request_id"),
        *texts("name", "sort_key", "settlement", "access"),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        *moments("changed_at"),
        version(),
        key("transit_stop"),
        once("transit_stop"),
    )
    op.create_index(op.f("ix_transit_stop_settlement"), "transit_stop", ["settlement"])
    op.create_table(
        "transit_calendar",
        *ids("id", "request_id"),
        *texts("name", "weekdays", "holidays"),
        sa.Column("without", ARRAY(sa.Text()), nullable=False),
        sa.Column("also", ARRAY(sa.Text()), nullable=False),
        *moments("changed_at"),
        version(),
        key("transit_calendar"),
        once("transit_calendar"),
    )


def _alerts() -> None:
    op.create_table(
        "transit_alert",
        *ids("id", "request_id", "line_id"),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        *texts("text", "changed_by"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        *moments("written_at"),
        *moments("withdrawn_at", nullable=True),
        *ids("changed_by_id", nullable=True),
        version(),
        key("transit_alert"),
        once("transit_alert"),
        of_line("transit_alert"),
    )
    op.create_index("ix_transit_alert_line", "transit_alert", ["line_id", "ends_on"])
    op.create_index(op.f("ix_transit_alert_changed_by_id"), "transit_alert", ["changed_by_id"])


def downgrade() -> None:
    for table in ("alert", "calendar", "stop", "edition", "line"):
        op.drop_table(f"transit_{table}")
