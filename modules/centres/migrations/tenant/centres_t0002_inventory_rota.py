"""Inventory with repairs, rota of staff and volunteers, surveys of needs."""

import sqlalchemy as sa
from alembic import op

revision = "centres_t0002"
down_revision = "centres_t0001"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def _column(name: str, kind: object, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_centres_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"centres_{target}.id"], name=name)


def _primary(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_centres_{table}"))


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_centres_{table}_{column}"))


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    _inventory()
    _rota()
    op.create_table(
        "centres_survey",
        *(_column(name, sa.Uuid()) for name in ("id", "request_id", "centre_id", "poll_id")),
        _column("begun_at", AT),
        _primary("survey"),
        _once("survey", "request_id"),
        _key("survey", "centre_id", "centre"),
    )
    op.create_index("ix_centres_survey_of", "centres_survey", ["centre_id"])


def _inventory() -> None:
    op.create_table(
        "centres_item",
        *(_column(name, sa.Uuid()) for name in ("id", "request_id", "centre_id")),
        _column("number", sa.Integer()),
        *(_column(name, sa.Text()) for name in ("kind", "name", "note", "seat_out", "state")),
        *(_column(name, sa.Text()) for name in ("trouble", "reason")),
        _column("resource_id", sa.Uuid(), nullable=True),
        _column("state_since", sa.Date()),
        _column("written_at", AT),
        _version(),
        _primary("item"),
        _once("item", "request_id"),
        _once("item", "number"),
        _key("item", "centre_id", "centre"),
    )
    op.create_index("ix_centres_item_centre", "centres_item", ["centre_id", "state", "number"])
    op.create_table(
        "centres_repair",
        *(_column(name, sa.Uuid()) for name in ("id", "request_id", "item_id")),
        _column("done_on", sa.Date()),
        *(_column(name, sa.Text()) for name in ("trouble", "work", "by")),
        _column("cost_cents", sa.Integer(), nullable=True),
        _primary("repair"),
        _once("repair", "request_id"),
        _key("repair", "item_id", "item"),
    )
    op.create_index("ix_centres_repair_item", "centres_repair", ["item_id", "done_on", "id"])


def _rota() -> None:
    op.create_table(
        "centres_worker",
        *(_column(name, sa.Uuid()) for name in ("id", "request_id")),
        _column("is_volunteer", sa.Boolean()),
        _column("person_id", sa.Uuid(), nullable=True),
        _column("name", sa.Text()),
        _column("phone", sa.LargeBinary(), nullable=True),
        _column("left_at", AT, nullable=True),
        _version(),
        _primary("worker"),
        _once("worker", "request_id"),
        _once("worker", "person_id"),
    )
    op.create_table(
        "centres_shift",
        *(_column(name, sa.Uuid()) for name in ("id", "request_id", "centre_id", "worker_id")),
        *(_column(name, sa.Uuid(), nullable=True) for name in ("former_id", "changed_by_id")),
        _column("day", sa.Date()),
        *(_column(name, AT) for name in ("starts_at", "ends_at")),
        *(_column(name, AT, nullable=True) for name in ("asked_at", "cancelled_at")),
        _version(),
        _primary("shift"),
        _once("shift", "request_id"),
        _key("shift", "centre_id", "centre"),
        _key("shift", "worker_id", "worker"),
    )
    op.create_index("ix_centres_shift_centre", "centres_shift", ["centre_id", "day", "starts_at"])
    op.create_index("ix_centres_shift_worker", "centres_shift", ["worker_id", "starts_at"])


def downgrade() -> None:
    for table in ("survey", "shift", "worker", "repair", "item"):
        op.drop_table(f"centres_{table}")
