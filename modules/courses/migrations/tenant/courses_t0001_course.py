"""Tables of courses: courses, groups, lessons, enrolments, attendance, notes, materials."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "courses_t0001"
down_revision = None
branch_labels = ("courses",)
depends_on = None

AT, TEXT, UUID = sa.DateTime(timezone=True), sa.Text(), sa.Uuid()


def _keys(table, **owners):
    """The primary key, and foreign keys to tables of this component."""
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}")
            )
            for column, owner in owners.items()
        ),
    )


def _all(kind, *names):
    return (sa.Column(name, kind, nullable=False) for name in names)


def _version():
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    op.create_table(
        "courses_course",
        *_all(UUID, "id", "request_id"),
        *_all(TEXT, "kind", "level", "name", "about", "syllabus"),
        *_all(JSONB(), "translations", "questions"),
        sa.Column("least_percent", sa.Integer(), nullable=False),
        *_all(AT, "written_at", "changed_at"),
        sa.Column("published_at", AT),
        sa.Column("deleted_at", AT),
        _version(),
        *_keys("courses_course"),
        sa.UniqueConstraint("request_id", name=op.f("uq_courses_course_request_id")),
    )
    op.create_index(op.f("ix_courses_course_deleted_at"), "courses_course", ["deleted_at"])
    op.create_index(
        "ix_courses_course_shown",
        "courses_course",
        ["kind", "name", "id"],
        postgresql_where=sa.text("published_at IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_table(
        "courses_group",
        *_all(UUID, "id", "request_id", "course_id", "resource_id"),
        *_all(TEXT, "name", "ekatte", "address", "phone", "teacher"),
        sa.Column("settlement", JSONB(), nullable=False),
        *_all(sa.Integer(), "least", "seats"),
        sa.Column("teacher_id", UUID),
        *_all(AT, "starts_at", "ends_at", "changed_at"),
        sa.Column("cancelled_at", AT),
        _version(),
        *_keys("courses_group", course_id="courses_course"),
        sa.UniqueConstraint("request_id", name=op.f("uq_courses_group_request_id")),
    )
    op.create_index("ix_courses_group_course", "courses_group", ["course_id", "starts_at", "id"])
    op.create_index("ix_courses_group_teacher", "courses_group", ["teacher_id", "starts_at"])
    op.create_table(
        "courses_lesson",
        *_all(UUID, "id", "group_id"),
        *_all(AT, "starts_at", "ends_at"),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("cancelled_at", AT),
        sa.Column("marked_at", AT),
        sa.Column("instead_at", AT),
        _version(),
        *_keys("courses_lesson", group_id="courses_group"),
        sa.UniqueConstraint(
            "group_id", "starts_at", name=op.f("uq_courses_lesson_group_id_starts_at")
        ),
    )
    op.create_table(
        "courses_enrolment",
        *_all(UUID, "id", "booking_id", "group_id"),
        sa.Column("person_id", UUID),
        sa.Column("name_index", sa.LargeBinary()),
        *_all(TEXT, "ekatte", "age"),
        sa.Column("before", sa.Integer()),
        sa.Column("after", sa.Integer()),
        sa.Column("made_at", AT, nullable=False),
        *_keys("courses_enrolment", group_id="courses_group"),
        sa.UniqueConstraint("booking_id", name=op.f("uq_courses_enrolment_booking_id")),
    )
    op.create_index("ix_courses_enrolment_group", "courses_enrolment", ["group_id", "id"])
    op.create_index(op.f("ix_courses_enrolment_person_id"), "courses_enrolment", ["person_id"])
    op.create_table(
        "courses_attendance",
        *_all(UUID, "id", "lesson_id", "enrolment_id"),
        sa.Column("by_code", sa.Boolean(), nullable=False),
        sa.Column("at", AT, nullable=False),
        *_keys("courses_attendance", lesson_id="courses_lesson", enrolment_id="courses_enrolment"),
        sa.UniqueConstraint(
            "lesson_id", "enrolment_id", name=op.f("uq_courses_attendance_lesson_id_enrolment_id")
        ),
    )
    op.create_index(
        op.f("ix_courses_attendance_enrolment_id"), "courses_attendance", ["enrolment_id"]
    )
    op.create_table(
        "courses_note",
        *_all(UUID, "id", "group_id", "author_id"),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", AT, nullable=False),
        _version(),
        *_keys("courses_note", group_id="courses_group"),
        sa.UniqueConstraint(
            "group_id", "author_id", name=op.f("uq_courses_note_group_id_author_id")
        ),
    )
    op.create_index(op.f("ix_courses_note_author_id"), "courses_note", ["author_id"])
    op.create_table(
        "courses_material",
        *_all(UUID, "id", "request_id", "course_id", "file_id"),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("added_at", AT, nullable=False),
        *_keys("courses_material", course_id="courses_course"),
        sa.UniqueConstraint("request_id", name=op.f("uq_courses_material_request_id")),
    )
    op.create_index("ix_courses_material_course", "courses_material", ["course_id", "id"])


def downgrade() -> None:
    for table in ("material", "note", "attendance", "enrolment", "lesson", "group", "course"):
        op.drop_table(f"courses_{table}")
