"""Meetings with agenda, guests, questions, minutes, decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "meetings_t0001"
down_revision = None
branch_labels = ("meetings",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _encrypted(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def _days(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=nullable) for name in names]


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _version_column() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    _meeting()
    _version()
    _attachment()
    _item()
    _guest()
    _question()
    _entry()
    _record()
    _decision()
    _feedback()


def _meeting() -> None:
    op.create_table(
        "meetings_meeting",
        *_ids("id", "request_id"),
        *_ids("translation_of", "changed_by_id", "author_id", nullable=True),
        *_texts(
            "organizer",
            "access",
            "transport",
            "moderators",
            "minute_taker",
            "video_link",
            "phone_bridge",
            "contact",
            "feedback_link",
            "kind",
            "settlement",
            "address",
            "note",
            "language",
            "title",
            "summary",
            "markdown",
            "html",
            "changed_by",
        ),
        *_moments("starts_at", "ends_at", "written_at", "changed_at"),
        *_moments(
            "announced_at",
            "reminded_at",
            "moved_from",
            "cancelled_at",
            "until",
            "published_at",
            "deleted_at",
            nullable=True,
        ),
        *_numbers("sequence"),
        *_numbers("seats", "attended_room", "attended_video", "attended_phone", nullable=True),
        sa.Column("checks", ARRAY(sa.Text()), nullable=False),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_meeting")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_meeting_request_id")),
        sa.ForeignKeyConstraint(
            ["translation_of"],
            ["meetings_meeting.id"],
            name=op.f("fk_meetings_meeting_translation_of"),
        ),
    )
    op.create_index(op.f("ix_meetings_meeting_author_id"), "meetings_meeting", ["author_id"])
    op.create_index(
        op.f("ix_meetings_meeting_changed_by_id"), "meetings_meeting", ["changed_by_id"]
    )
    op.create_index(op.f("ix_meetings_meeting_deleted_at"), "meetings_meeting", ["deleted_at"])
    op.create_index(op.f("ix_meetings_meeting_starts_at"), "meetings_meeting", ["starts_at"])
    op.create_index(
        "ix_meetings_meeting_waiting",
        "meetings_meeting",
        ["published_at"],
        postgresql_where=sa.text("announced_at IS NULL AND published_at IS NOT NULL"),
    )


def _version() -> None:
    op.create_table(
        "meetings_version",
        *_ids("meeting_id", "id"),
        *_ids("saved_by_id", nullable=True),
        *_texts("title", "summary", "markdown", "saved_by"),
        *_moments("saved_at", "replaced_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_version")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_version_meeting_id")
        ),
    )
    op.create_index(
        "ix_meetings_version_meeting",
        "meetings_version",
        ["meeting_id", sa.text("replaced_at DESC")],
    )
    op.create_index(op.f("ix_meetings_version_saved_by_id"), "meetings_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "meetings_attachment",
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        *_ids("meeting_id", "id", "request_id", "file_id"),
        *_texts("title"),
        *_moments("added_at"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_attachment")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_attachment_request_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_attachment_meeting_id")
        ),
    )
    op.create_index(
        op.f("ix_meetings_attachment_meeting_id"), "meetings_attachment", ["meeting_id"]
    )


def _item() -> None:
    op.create_table(
        "meetings_item",
        *_ids("id", "request_id", "meeting_id"),
        *_texts("title", "presenter"),
        *_numbers("position", "minutes"),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_item")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_item_meeting_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_item_request_id")),
    )
    op.create_index(op.f("ix_meetings_item_meeting_id"), "meetings_item", ["meeting_id"])


def _guest() -> None:
    op.create_table(
        "meetings_guest",
        *_ids("id", "request_id", "meeting_id"),
        *_ids("person_id", "entered_by_id", nullable=True),
        *_texts("language", "mode", "channel", "entered_by"),
        *_encrypted("name", "email", "phone", "needs"),
        sa.Column("code_index", sa.LargeBinary()),
        *_moments("said_at"),
        *_moments("withdrawn_at", nullable=True),
        *_numbers("people"),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_guest")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_guest_meeting_id")
        ),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_meetings_guest_meeting_id_person_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_guest_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_meetings_guest_code_index")),
    )
    op.create_index(op.f("ix_meetings_guest_entered_by_id"), "meetings_guest", ["entered_by_id"])
    op.create_index(op.f("ix_meetings_guest_meeting_id"), "meetings_guest", ["meeting_id"])
    op.create_index(op.f("ix_meetings_guest_person_id"), "meetings_guest", ["person_id"])


def _question() -> None:
    op.create_table(
        "meetings_question",
        *_ids("id", "request_id", "meeting_id"),
        *_ids("person_id", "entered_by_id", "answered_by_id", nullable=True),
        *_texts(
            "language",
            "state",
            "public_words",
            "reason",
            "answer",
            "channel",
            "entered_by",
            "answered_by",
        ),
        *_encrypted("name", "email", "words"),
        *_moments("asked_at"),
        *_moments("answered_at", nullable=True),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_question")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_question_request_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_question_meeting_id")
        ),
    )
    op.create_index(
        op.f("ix_meetings_question_answered_by_id"), "meetings_question", ["answered_by_id"]
    )
    op.create_index(
        op.f("ix_meetings_question_entered_by_id"), "meetings_question", ["entered_by_id"]
    )
    op.create_index(
        "ix_meetings_question_meeting", "meetings_question", ["meeting_id", "state", "asked_at"]
    )
    op.create_index(op.f("ix_meetings_question_person_id"), "meetings_question", ["person_id"])


def _entry() -> None:
    op.create_table(
        "meetings_entry",
        *_ids("id", "request_id", "meeting_id", "item_id"),
        *_ids("changed_by_id", nullable=True),
        *_texts("text", "motion", "number", "decision", "follows", "owner", "changed_by"),
        *_moments("changed_at"),
        *_days("due_on", nullable=True),
        *_numbers("votes_for", "votes_against", "votes_abstained", nullable=True),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_entry")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_entry_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["meetings_item.id"], name=op.f("fk_meetings_entry_item_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_entry_request_id")),
    )
    op.create_index(op.f("ix_meetings_entry_changed_by_id"), "meetings_entry", ["changed_by_id"])
    op.create_index(op.f("ix_meetings_entry_item_id"), "meetings_entry", ["item_id"])
    op.create_index(op.f("ix_meetings_entry_meeting_id"), "meetings_entry", ["meeting_id"])


def _record() -> None:
    op.create_table(
        "meetings_record",
        *_ids("id", "request_id", "meeting_id"),
        *_ids("published_by_id", nullable=True),
        *_texts("why", "published_by"),
        *_moments("published_at"),
        *_numbers("edition"),
        sa.Column("content", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_record")),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_record_request_id")),
        sa.UniqueConstraint(
            "meeting_id", "edition", name=op.f("uq_meetings_record_meeting_id_edition")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_record_meeting_id")
        ),
    )
    op.create_index(
        op.f("ix_meetings_record_published_by_id"), "meetings_record", ["published_by_id"]
    )


def _decision() -> None:
    op.create_table(
        "meetings_decision",
        *_ids("id", "entry_id", "meeting_id"),
        *_texts("kind", "number", "text", "follows", "owner", "outcome"),
        *_moments("reached_at", nullable=True),
        *_days("taken_on"),
        *_days("due_on", "late_for", nullable=True),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_decision")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["meetings_entry.id"], name=op.f("fk_meetings_decision_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_decision_meeting_id")
        ),
        sa.UniqueConstraint("entry_id", name=op.f("uq_meetings_decision_entry_id")),
    )
    op.create_index(
        "ix_meetings_decision_due",
        "meetings_decision",
        ["due_on"],
        postgresql_where=sa.text("reached_at IS NULL"),
    )
    op.create_index(op.f("ix_meetings_decision_meeting_id"), "meetings_decision", ["meeting_id"])
    op.create_index(
        "ix_meetings_decision_taken", "meetings_decision", [sa.text("taken_on DESC"), "id"]
    )


def _feedback() -> None:
    op.create_table(
        "meetings_feedback",
        *_ids("id", "request_id", "meeting_id"),
        *_encrypted("words"),
        *_days("sent_on"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings_feedback")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings_meeting.id"], name=op.f("fk_meetings_feedback_meeting_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_meetings_feedback_request_id")),
    )
    op.create_index(op.f("ix_meetings_feedback_meeting_id"), "meetings_feedback", ["meeting_id"])


def downgrade() -> None:
    for table in (
        "feedback",
        "decision",
        "record",
        "entry",
        "question",
        "guest",
        "item",
        "attachment",
        "version",
        "meeting",
    ):
        op.drop_table(f"meetings_{table}")
