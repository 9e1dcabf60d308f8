"""Councillors, committees, materials, attendance, votes by name, councillors' questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "council_t0001"
down_revision = None
branch_labels = ("council",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_councillor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_councillor")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_councillor_request_id")),
    )
    op.create_table(
        "council_committee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_committee")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_committee_request_id")),
    )
    op.create_table(
        "council_seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("councillor_id", sa.Uuid(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["council_committee.id"],
            name=op.f("fk_council_seat_committee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["council_councillor.id"],
            name=op.f("fk_council_seat_councillor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seat")),
    )
    op.create_index(op.f("ix_council_seat_councillor_id"), "council_seat", ["councillor_id"])
    op.create_index(
        "uq_council_seat_running",
        "council_seat",
        ["committee_id", "councillor_id"],
        unique=True,
        postgresql_where=sa.text("ends_on IS NULL"),
    )
    op.create_table(
        "council_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_material")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_material_request_id")),
    )
    op.create_index(op.f("ix_council_material_session_id"), "council_material", ["session_id"])
    op.create_table(
        "council_attendance",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("present", ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_council_attendance")),
    )
    op.create_table(
        "council_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("motion", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("majority", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_vote")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_vote_request_id")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_council_vote_year_number")),
    )
    op.create_index(op.f("ix_council_vote_session_id"), "council_vote", ["session_id"])
    op.create_table(
        "council_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["council_vote.id"], name=op.f("fk_council_edition_vote_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_edition")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_edition_request_id")),
        sa.UniqueConstraint("vote_id", "edition", name=op.f("uq_council_edition_vote_id_edition")),
    )
    op.create_table(
        "council_ballot",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("councillor_id", sa.Uuid(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["council_councillor.id"],
            name=op.f("fk_council_ballot_councillor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["council_edition.id"],
            name=op.f("fk_council_ballot_edition_id"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "councillor_id", name=op.f("pk_council_ballot")),
    )
    op.create_index(op.f("ix_council_ballot_councillor_id"), "council_ballot", ["councillor_id"])
    op.create_table(
        "council_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_council_counter")),
    )
    op.create_table(
        "council_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("councillor_id", sa.Uuid(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("late_for", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["councillor_id"],
            ["council_councillor.id"],
            name=op.f("fk_council_question_councillor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_question")),
        sa.UniqueConstraint("request_id", name=op.f("uq_council_question_request_id")),
    )
    op.create_index(
        op.f("ix_council_question_councillor_id"), "council_question", ["councillor_id"]
    )
    op.create_index(
        "ix_council_question_due",
        "council_question",
        ["due_on"],
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    # Counts are appended: the role of the municipality, which carries the name of its schema, can
    # neither change nor delete them.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table in ("council_edition", "council_ballot"):
        op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{schema}"')


def downgrade() -> None:
    for table in ("question", "counter", "ballot", "edition", "vote", "attendance", "material"):
        op.drop_table(f"council_{table}")
    for table in ("seat", "committee", "councillor"):
        op.drop_table(f"council_{table}")
