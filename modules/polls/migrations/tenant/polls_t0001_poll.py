"""Polls: what is asked, how often each answer was given, who took part."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "polls_t0001"
down_revision = None
branch_labels = ("polls",)
depends_on = None
COUNTERS = ("online", "paper", "shown_online", "shown_paper")


def _counters() -> list[sa.Column]:
    return [sa.Column(n, sa.Integer(), server_default="0", nullable=False) for n in COUNTERS]


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words() -> sa.Column:
    return sa.Column("words", postgresql.JSONB(), nullable=False)


def _id(name: str = "id") -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "polls_poll",
        _id(),
        _id("request_id"),
        _text("title"),
        _text("intro"),
        _words(),
        _text("who"),
        _moment("opens_at"),
        _moment("closes_at", nullable=False),
        _moment("published_at"),
        _moment("extended_at"),
        _text("note"),
        _moment("told_closed_at"),
        _text("outcome"),
        _moment("outcome_at"),
        _moment("written_at", nullable=False),
        _moment("changed_at", nullable=False),
        _moment("deleted_at"),
        *_counters(),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls_poll")),
        sa.UniqueConstraint("request_id", name=op.f("uq_polls_poll_request_id")),
    )
    op.create_index(
        "ix_polls_poll_closes_at",
        "polls_poll",
        ["closes_at"],
        postgresql_where=sa.text("published_at IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_index(op.f("ix_polls_poll_deleted_at"), "polls_poll", ["deleted_at"])
    _asked()
    _taken_part()


def _asked() -> None:
    op.create_table(
        "polls_question",
        _id(),
        _id("request_id"),
        _id("poll_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("kind"),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        _text("title"),
        _text("correction"),
        _words(),
        *_counters(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls_question")),
        _to("polls_question", "poll_id", "polls_poll"),
        sa.UniqueConstraint("request_id", name=op.f("uq_polls_question_request_id")),
    )
    op.create_index(
        op.f("ix_polls_question_poll_id_position"), "polls_question", ["poll_id", "position"]
    )
    op.create_table(
        "polls_option",
        _id(),
        _id("poll_id"),
        _id("question_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("label"),
        _words(),
        *_counters(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls_option")),
        _to("polls_option", "poll_id", "polls_poll"),
        _to("polls_option", "question_id", "polls_question"),
    )
    op.create_index(op.f("ix_polls_option_poll_id"), "polls_option", ["poll_id"])
    op.create_index(
        op.f("ix_polls_option_question_id_position"), "polls_option", ["question_id", "position"]
    )


def _taken_part() -> None:
    op.create_table(
        "polls_participation",
        _id("poll_id"),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "pseudonym", name=op.f("pk_polls_participation")),
        _to("polls_participation", "poll_id", "polls_poll"),
    )
    op.create_index(
        op.f("ix_polls_participation_poll_id"),
        "polls_participation",
        ["poll_id"],
        postgresql_where=sa.text("NOT is_settled"),
    )
    op.create_table(
        "polls_said",
        _id(),
        _id("poll_id"),
        _id("question_id"),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls_said")),
        _to("polls_said", "poll_id", "polls_poll"),
        _to("polls_said", "question_id", "polls_question"),
    )
    op.create_index(op.f("ix_polls_said_poll_id"), "polls_said", ["poll_id"])
    op.create_index(op.f("ix_polls_said_question_id"), "polls_said", ["question_id"])
    op.create_table(
        "polls_sheet",
        _id("poll_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _id("request_id"),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_polls_sheet")),
        _to("polls_sheet", "poll_id", "polls_poll"),
        sa.UniqueConstraint("request_id", name=op.f("uq_polls_sheet_request_id")),
    )


def downgrade() -> None:
    for table in ("sheet", "said", "participation", "option", "question", "poll"):
        op.drop_table(f"polls_{table}")
