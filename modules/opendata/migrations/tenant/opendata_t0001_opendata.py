"""Tables of open data: editions, sets brought by hand, requests with history and counter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "opendata_t0001"
down_revision = None
branch_labels = ("opendata",)
depends_on = None

AT = sa.DateTime(timezone=True)
REQUEST = "opendata_request"


def upgrade() -> None:
    _create_editions()
    _create_sets()
    _create_requests()
    op.create_table(
        "opendata_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opendata_line")),
        sa.UniqueConstraint("request_id", name=op.f("uq_opendata_line_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{REQUEST}.id"], name=op.f("fk_opendata_line_case_id")
        ),
    )
    op.create_index("ix_opendata_line_case", "opendata_line", ["case_id", "at"])
    op.create_index(op.f("ix_opendata_line_by_id"), "opendata_line", ["by_id"])
    op.create_table(
        "opendata_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_opendata_counter")),
    )


def _create_editions() -> None:
    op.create_table(
        "opendata_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("columns", JSONB(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer()),
        sa.Column("removed", sa.Integer()),
        sa.Column("changed", sa.Integer()),
        sa.Column("chart", JSONB(), nullable=False),
        sa.Column("files", JSONB(), nullable=False),
        sa.Column("sizes", JSONB(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("checked_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opendata_edition")),
        sa.UniqueConstraint(
            "part", "dataset", "number", name=op.f("uq_opendata_edition_part_dataset_number")
        ),
    )


def _create_sets() -> None:
    op.create_table(
        "opendata_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("columns", JSONB(), nullable=False),
        sa.Column("draft_columns", JSONB(), nullable=False),
        sa.Column("draft_file", sa.Uuid()),
        sa.Column("draft_rows", sa.Integer(), nullable=False),
        sa.Column("problems", JSONB(), nullable=False),
        sa.Column("published_at", AT),
        sa.Column("withdrawn_at", AT),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opendata_set")),
        sa.UniqueConstraint("request_id", name=op.f("uq_opendata_set_request_id")),
    )
    op.create_index(op.f("ix_opendata_set_changed_by_id"), "opendata_set", ["changed_by_id"])


def _create_requests() -> None:
    op.create_table(
        REQUEST,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("late_for", sa.Date()),
        sa.Column("ended_at", AT),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=False),
        sa.Column("warned_for", sa.Date()),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", AT),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{REQUEST}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{REQUEST}_request_id")),
        sa.UniqueConstraint("code_index", name=op.f(f"uq_{REQUEST}_code_index")),
        sa.UniqueConstraint("year", "sequence", name=op.f(f"uq_{REQUEST}_year_sequence")),
    )
    for column in ("person_id", "assignee_id", "entered_by_id"):
        op.create_index(op.f(f"ix_{REQUEST}_{column}"), REQUEST, [column])
    op.create_index(f"ix_{REQUEST}_queue", REQUEST, ["state", "due_on", "id"])
    op.create_index(f"ix_{REQUEST}_public", REQUEST, ["answered_at", "id"])


def downgrade() -> None:
    for table in ("counter", "line", "request", "set", "edition"):
        op.drop_table(f"opendata_{table}")
