"""Tables of courses: courses, groups, lessons, enrolments, attendance, fees, notes, materials."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.soft_delete import SoftDeleted

SHOWN = text("published_at IS NOT NULL AND deleted_at IS NULL")


class Course(HoldsControlRow, SoftDeleted, TenantModel):
    """What is taught. `syllabus` has a subject a line, `translations` name and text by language.

    A certificate asks for `least_percent` of the lessons. `questions` are those of the test before
    and after: text, answers, the number of the right one. `price_cents` comes in under
    `income_kind`, the code of a kind of income; 0 is free of charge.
    """

    __tablename__ = "courses_course"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_courses_course_shown", "kind", "name", "id", postgresql_where=SHOWN),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    level: Mapped[str]
    name: Mapped[str]
    about: Mapped[str]
    syllabus: Mapped[str]
    translations: Mapped[dict[str, Any]]
    least_percent: Mapped[int]
    questions: Mapped[list[dict[str, Any]]]
    price_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    income_kind: Mapped[str] = mapped_column(default="", server_default="")
    written_at: Mapped[datetime]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/courses/{self.id}"

    @property
    def subjects(self) -> list[str]:
        """The syllabus, a subject each."""
        return [line for line in self.syllabus.splitlines() if line.strip()]

    def told(self, language: str) -> tuple[str, str, str]:
        """Name, text and the language that they are in: the one asked for, else Bulgarian."""
        words = self.translations.get(language)
        if words:
            return words["name"], words["about"], language
        return self.name, self.about, "bg"


class Group(Versioned, TenantModel):
    """A course at a place, on days, with seats; a resource of the bookings holds its seats.

    `starts_at` and `ends_at` are of its first and last lesson. The teacher is a member of staff;
    `teacher` stays as a name where that person is gone. `programme` is the one whose money pays
    for it, as its reports call it. `goes_on_at` is when somebody decided that it takes place with
    fewer than `least`.
    """

    __tablename__ = "courses_group"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_courses_group_course", "course_id", "starts_at", "id"),
        Index("ix_courses_group_teacher", "teacher_id", "starts_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_course.id"))
    resource_id: Mapped[UUID]
    name: Mapped[str]
    ekatte: Mapped[str]
    settlement: Mapped[dict[str, str]]
    address: Mapped[str]
    phone: Mapped[str]
    least: Mapped[int]
    seats: Mapped[int]
    programme: Mapped[str] = mapped_column(default="", server_default="")
    teacher_id: Mapped[UUID | None]
    teacher: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    goes_on_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    def settlement_in(self, language: str) -> str:
        """The town or village as the language writes it; empty where there is none."""
        latin = self.settlement.get("en", "")
        return self.settlement.get(language) or (latin if language != "bg" else "")


class CourseLesson(Versioned, TenantModel):
    """One meeting of a group. `code` is said at the door; who types it was there.

    `marked_at` is when the teacher last saved its list. `substitute_id` teaches it instead of the
    group's teacher; `substitute` stays as a name, empty where nobody does.
    """

    __tablename__ = "courses_lesson"
    __table_args__ = (
        UniqueConstraint("group_id", "starts_at"),
        Index("ix_courses_lesson_substitute", "substitute_id", "ends_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_group.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    code: Mapped[str]
    cancelled_at: Mapped[datetime | None]
    marked_at: Mapped[datetime | None]
    instead_at: Mapped[datetime | None]  # of a cancelled one: when it is made up for
    substitute_id: Mapped[UUID | None]
    substitute: Mapped[str] = mapped_column(default="", server_default="")


class Enrolment(TenantModel):
    """A booking as a course sees it: village and age for the figures, results of the test.

    The name lies with the booking; `name_index` finds the same name in one group.
    """

    __tablename__ = "courses_enrolment"
    __table_args__ = (
        UniqueConstraint("booking_id"),
        Index("ix_courses_enrolment_group", "group_id", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    booking_id: Mapped[UUID]
    group_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_group.id"))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    name_index: Mapped[bytes | None]
    ekatte: Mapped[str]
    age: Mapped[str]
    before: Mapped[int | None]  # right answers
    after: Mapped[int | None]
    made_at: Mapped[datetime]


class LessonAttendance(TenantModel):
    """Somebody was at a lesson: by the teacher's list, or by the code at the door."""

    __tablename__ = "courses_attendance"
    __table_args__ = (UniqueConstraint("lesson_id", "enrolment_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    lesson_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_lesson.id"))
    enrolment_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.courses_enrolment.id"), index=True
    )
    by_code: Mapped[bool]
    at: Mapped[datetime]


class CourseExemption(Versioned, TenantModel):
    """Who pays less here, and the sentence of what they show: by per cent, or by a sum in cents.

    One of the two is 0. What is no longer `is_active` is offered to nobody and stays with old fees.
    """

    __tablename__ = "courses_exemption"
    __table_args__ = (
        UniqueConstraint("request_id"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("cents >= 0", name="cents"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    proof: Mapped[str]
    percent: Mapped[int]
    cents: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)


class CourseFeeState(StrEnum):
    """Paid is what the cashier says is paid. `LATER`: in line, nothing is owed before a seat."""

    LATER = "later"
    OPEN = "open"
    PAID = "paid"
    FREE = "free"
    CANCELLED = "cancelled"


class CourseFee(Versioned, TenantModel):
    """What one enrolment costs, and the charge that asks for it: one for each booking, ever.

    `full_cents` is the price, `cents` what is left of it after the exemption, whose name says much
    about a person and lies encrypted. The seat is held until `hold_until`; without it until the
    first lesson, and it is lost to nobody. `path` is where it is paid, `desk` where the counter
    takes it, `code` is read out there. `returned_at` is when money was asked back of the finance
    office, `refunded_cents` what of it went back.
    """

    __tablename__ = "courses_fee"
    __table_args__ = (
        CheckConstraint("cents BETWEEN 0 AND full_cents", name="cents"),
        Index("ix_courses_fee_state", "state", "booking_id"),
    )
    booking_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_group.id"), index=True)
    kind: Mapped[str]
    full_cents: Mapped[int]
    cents: Mapped[int]
    exemption: Mapped[str | None] = mapped_column(Encrypted("courses_fee.exemption"))
    proof: Mapped[str] = mapped_column(default="")
    proof_seen_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default=CourseFeeState.LATER)
    made_at: Mapped[datetime]
    hold_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    charge_id: Mapped[UUID | None] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(default="")
    path: Mapped[str] = mapped_column(default="")
    desk: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    paid_on: Mapped[date | None]
    returned_at: Mapped[datetime | None]
    refunded_cents: Mapped[int] = mapped_column(default=0)

    @property
    def is_open(self) -> bool:
        return self.state == CourseFeeState.OPEN

    @property
    def is_paid(self) -> bool:
        return self.state == CourseFeeState.PAID


class TeacherNote(Versioned, TenantModel):
    """What a teacher notes for themselves about a group; nobody else reads it."""

    __tablename__ = "courses_note"
    __table_args__ = (UniqueConstraint("group_id", "author_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_group.id"))
    author_id: Mapped[UUID] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(Encrypted("courses_note.words"))
    changed_at: Mapped[datetime]


class Material(TenantModel):
    """A file for those who are enrolled."""

    __tablename__ = "courses_material"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_courses_material_course", "course_id", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    course_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.courses_course.id"))
    title: Mapped[str]
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


MODELS = (
    *(Course, Group, CourseLesson, Enrolment, LessonAttendance, TeacherNote, Material),
    *(CourseExemption, CourseFee),
)
