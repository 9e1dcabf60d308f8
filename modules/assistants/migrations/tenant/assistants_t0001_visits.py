"""Tables of digital assistants: requests, addresses, assistants, visits, problems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "assistants_t0001"
down_revision = None
branch_labels = ("assistants",)
depends_on = None

AT = sa.DateTime(timezone=True)
WORDS = ARRAY(sa.Text())
REQUEST, VISIT = "assistants_request", "assistants_visit"


def _column(name: str, kind: object, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_assistants_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_assistants_{table}"))


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_assistants_{table}_{'_'.join(columns)}")
    return sa.UniqueConstraint(*columns, name=name)


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    _requests()
    _assistants()
    _visits()


def _requests() -> None:
    op.create_table(
        REQUEST,
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("year", sa.Integer()),
        _column("sequence", sa.Integer()),
        _column("person_id", sa.Uuid(), nullable=True),
        _column("code_index", sa.LargeBinary(), nullable=True),
        _column("applicant", sa.LargeBinary()),
        _column("channel", sa.Text()),
        _column("entered_by_id", sa.Uuid(), nullable=True),
        _column("entered_by", sa.Text()),
        _column("state", sa.Text()),
        _column("sent_at", AT),
        _column("due_on", sa.Date(), nullable=True),
        _column("assignee_id", sa.Uuid(), nullable=True),
        _column("assignee", sa.Text()),
        _column("late_for", sa.Date(), nullable=True),
        _column("ended_at", AT, nullable=True),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        _column("settlement", sa.Text()),
        _column("age", sa.Text()),
        _column("language", sa.Text()),
        _column("subjects", WORDS),
        _column("needs", WORDS),
        _column("at_home", sa.Text()),
        *(
            _column(name, sa.LargeBinary(), nullable=True)
            for name in ("asked_by", "words", "email", "phone")
        ),
        _version(),
        _primary("request", "id"),
        _once("request", "request_id"),
        _once("request", "code_index"),
        _once("request", "year", "sequence"),
    )
    for column in ("person_id", "assignee_id", "entered_by_id"):
        op.create_index(op.f(f"ix_{REQUEST}_{column}"), REQUEST, [column])
    op.create_index(f"ix_{REQUEST}_queue", REQUEST, ["state", "due_on", "id"])
    op.create_table(
        "assistants_address",
        _column("case_id", sa.Uuid()),
        _column("address", sa.LargeBinary()),
        _column("directions", sa.LargeBinary()),
        _primary("address", "case_id"),
        _key("address", "case_id", REQUEST),
    )
    op.create_table(
        "assistants_line",
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid(), nullable=True),
        _column("case_id", sa.Uuid()),
        _column("name", sa.Text()),
        _column("at", AT),
        _column("by_id", sa.Uuid(), nullable=True),
        _column("by_name", sa.Text()),
        _column("ground", sa.Text()),
        _column("words", sa.LargeBinary(), nullable=True),
        _column("is_internal", sa.Boolean()),
        _primary("line", "id"),
        _once("line", "request_id"),
        _key("line", "case_id", REQUEST),
    )
    op.create_index("ix_assistants_line_case", "assistants_line", ["case_id", "at"])
    op.create_index(op.f("ix_assistants_line_by_id"), "assistants_line", ["by_id"])
    op.create_table(
        "assistants_counter",
        _column("kind", sa.Text()),
        _column("year", sa.Integer()),
        _column("last", sa.Integer()),
        _primary("counter", "kind", "year"),
    )


def _assistants() -> None:
    op.create_table(
        "assistants_assistant",
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("person_id", sa.Uuid(), nullable=True),
        _column("name", sa.Text()),
        _column("settlement", sa.Text()),
        _column("languages", WORDS),
        _column("photo_id", sa.Uuid(), nullable=True),
        _column("left_at", AT, nullable=True),
        _version(),
        _primary("assistant", "id"),
        _once("assistant", "request_id"),
        _once("assistant", "person_id"),
    )
    op.create_table(
        "assistants_leave",
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("assistant_id", sa.Uuid()),
        _column("from_on", sa.Date()),
        _column("until_on", sa.Date()),
        _primary("leave", "id"),
        _once("leave", "request_id"),
        _key("leave", "assistant_id", "assistants_assistant"),
    )
    op.create_index("ix_assistants_leave_days", "assistants_leave", ["assistant_id", "until_on"])


def _visits() -> None:
    op.create_table(
        VISIT,
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("case_id", sa.Uuid()),
        _column("assistant_id", sa.Uuid()),
        _column("starts_at", AT),
        _column("ends_at", AT),
        _column("half", sa.Text()),
        _column("state", sa.Text()),
        _column("code_word", sa.LargeBinary()),
        _column("arrived_at", AT, nullable=True),
        _column("ended_at", AT, nullable=True),
        _column("taught", WORDS),
        _column("notes", sa.LargeBinary()),
        _column("alarm", sa.Text()),
        *(
            _column(name, AT, nullable=True)
            for name in (
                *("alarm_at", "alarm_ended_at", "day_before_at"),
                *("same_day_at", "called_at"),
            )
        ),
        _version(),
        _primary("visit", "id"),
        _once("visit", "request_id"),
        _key("visit", "case_id", REQUEST),
        _key("visit", "assistant_id", "assistants_assistant"),
    )
    op.create_index(f"ix_{VISIT}_calendar", VISIT, ["assistant_id", "starts_at"])
    op.create_index(f"ix_{VISIT}_case", VISIT, ["case_id", "starts_at"])
    op.create_index(f"ix_{VISIT}_state", VISIT, ["state", "starts_at"])
    op.create_table(
        "assistants_check_in",
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("visit_id", sa.Uuid()),
        _column("kind", sa.Text()),
        _column("at", AT),
        _column("received_at", AT),
        _primary("check_in", "id"),
        _once("check_in", "request_id"),
        _key("check_in", "visit_id", VISIT),
    )
    op.create_index("ix_assistants_check_in_visit", "assistants_check_in", ["visit_id", "at"])
    op.create_table(
        "assistants_problem",
        _column("id", sa.Uuid()),
        _column("request_id", sa.Uuid()),
        _column("case_id", sa.Uuid()),
        _column("visit_id", sa.Uuid()),
        _column("official_id", sa.Uuid(), nullable=True),
        _column("official", sa.Text()),
        _column("words", sa.LargeBinary(), nullable=True),
        _column("sent_at", AT),
        _column("answered_at", AT, nullable=True),
        _column("answer", sa.LargeBinary(), nullable=True),
        _version(),
        _primary("problem", "id"),
        _once("problem", "request_id"),
        _key("problem", "case_id", REQUEST),
        _key("problem", "visit_id", VISIT),
    )
    op.create_index("ix_assistants_problem_case", "assistants_problem", ["case_id"])
    columns = ["official_id", "answered_at"]
    op.create_index("ix_assistants_problem_official", "assistants_problem", columns)


def downgrade() -> None:
    tables = ("problem", "check_in", "visit", "leave", "assistant", "counter", "line", "address")
    for table in (*tables, "request"):
        op.drop_table(f"assistants_{table}")
