"""Consultations, their documents, opinions, answers, record, the counter."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "consultations_t0001"
down_revision = None
branch_labels = ("consultations",)
depends_on = None

AT = sa.DateTime(timezone=True)


def _id(name: str = "id", *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _table(name: str, *columns: sa.Column, unique: tuple[tuple[str, ...], ...] = ()) -> None:
    """A table with `id`, with a key to its consultation where it has one."""
    own = f"consultations_{name}"
    keys = [
        sa.UniqueConstraint(*names, name=op.f(f"uq_{own}_{'_'.join(names)}")) for names in unique
    ]
    refers = [
        sa.ForeignKeyConstraint(
            [column.name],
            [f"consultations_{target}.id"],
            name=op.f(f"fk_{own}_{column.name}_consultations_{target}"),
        )
        for column in columns
        if (target := {"consultation_id": "consultation", "case_id": "opinion"}.get(column.name))
    ]
    op.create_table(
        own, _id(), *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{own}")), *keys, *refers
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        own = f"consultations_{table}"
        op.create_index(op.f(f"ix_{own}_{column}"), own, [column])


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    _consultations()
    _opinions()
    _table(
        "answer",
        *(_id(name) for name in ("request_id", "consultation_id")),
        *_texts("outcome", "reason", "by_name"),
        sa.Column("at", AT, nullable=False),
        _id("by_id", nullable=True),
        unique=(("request_id",),),
    )
    _index("answer", "consultation_id", "by_id")
    _table(
        "record",
        _id("consultation_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", JSONB(), nullable=False),
        *_texts("hash"),
        unique=(("consultation_id", "position"),),
    )
    op.create_table(
        "consultations_counter",
        *_texts("kind"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_consultations_counter")),
    )


def _consultations() -> None:
    _table(
        "consultation",
        _id("request_id"),
        *_texts("kind", "title", "summary", "draft", "reasons", "impact", "affected", "short_why"),
        *_texts("rule", "note", "outcome", "changes"),
        *(sa.Column(name, sa.Date()) for name in ("closes_on", "term_on")),
        *(sa.Column(name, AT) for name in ("closes_at", "told_closed_at", "outcome_at")),
        *(sa.Column(name, AT) for name in ("published_at", "deleted_at")),
        *(sa.Column(name, AT, nullable=False) for name in ("written_at", "changed_at")),
        _id("table_id", nullable=True),
        _version(),
        unique=(("request_id",),),
    )
    _index("consultation", "deleted_at")
    op.create_index(
        "ix_consultations_consultation_closes_at",
        "consultations_consultation",
        ["closes_at"],
        postgresql_where=sa.text("published_at IS NOT NULL AND deleted_at IS NULL"),
    )
    _table(
        "document",
        *(_id(name) for name in ("request_id", "consultation_id", "file_id")),
        *_texts("role", "title"),
        sa.Column("added_at", AT, nullable=False),
        unique=(("request_id",),),
    )
    _index("document", "consultation_id")


def _opinions() -> None:
    encrypted = ("words", "salt", "author", "author_salt", "organisation")
    _table(
        "opinion",
        *(_id(name) for name in ("request_id", "consultation_id")),
        *(sa.Column(name, sa.Integer()) for name in ("year", "sequence", "paragraph")),
        *(_id(n, nullable=True) for n in ("person_id", "file_id", "same_as", "answer_id")),
        *(sa.Column(name, sa.LargeBinary()) for name in ("code_index", "email", "phone")),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in encrypted),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        *_texts("language", "channel", "entered_by", "age", "settlement", "hidden_why"),
        _id("entered_by_id", nullable=True),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("sent_at", AT, nullable=False),
        *(sa.Column(name, AT) for name in ("confirmed_at", "hidden_at", "told_at")),
        _version(),
        unique=(("request_id",), ("code_index",), ("year", "sequence")),
    )
    _index("opinion", "person_id", "entered_by_id", "same_as", "answer_id")
    op.create_index(
        "ix_consultations_opinion_list",
        "consultations_opinion",
        ["consultation_id", "year", "sequence"],
    )
    op.create_index(
        "ix_consultations_opinion_fingerprint",
        "consultations_opinion",
        ["consultation_id", "fingerprint"],
    )
    op.create_index(
        "ix_consultations_opinion_waiting",
        "consultations_opinion",
        ["sent_at"],
        postgresql_where=sa.text("confirmed_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("counter", "record", "answer", "opinion", "document", "consultation"):
        op.drop_table(f"consultations_{table}")
