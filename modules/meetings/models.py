"""Tables of meetings, in every municipality, and what the region shows of all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.calls.models import CallRow
from obshto.platform.cases.entry import Answerable, Entered
from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.editorial.models import Attached, Earlier, Written
from obshto.platform.invitations.models import InvitationRow
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.questions.models import QuestionRow


class Scheduled:
    """Time and place of a meeting, and what became of it.

    `kind` is a word of `data/kinds.json`. `settlement` is an EKATTE code, empty for none.
    `sequence` rises when time, place or standing change (RFC 5545, 3.8.7.4).
    """

    kind: Mapped[str]
    settlement: Mapped[str]
    address: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    moved_from: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    note: Mapped[str]  # why it was called off, moved or changed
    sequence: Mapped[int]


class Meeting(Scheduled, Written, TenantModel):
    """A meeting as the organiser plans it.

    `checks` are the words of the check-list that somebody ticked. `seats` is the size of the hall.
    `announced_at` says that those who follow were told, `reminded_at` those who come,
    `asked_at` that they were asked afterwards how it was.
    `attended_*` are counted at the meeting, by the way in which people took part.
    """

    __tablename__ = "meetings_meeting"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_meetings_meeting_waiting",
            "published_at",
            postgresql_where=text("announced_at IS NULL AND published_at IS NOT NULL"),
        ),
    )
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.meetings_meeting.id"))
    organizer: Mapped[str]
    access: Mapped[str]
    transport: Mapped[str]
    seats: Mapped[int | None]
    moderators: Mapped[str]
    minute_taker: Mapped[str]
    video_link: Mapped[str]
    has_room: Mapped[bool]
    phone_bridge: Mapped[str]
    contact: Mapped[str]
    feedback_link: Mapped[str]
    checks: Mapped[list[str]]
    announced_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    attended_room: Mapped[int | None]
    attended_video: Mapped[int | None]
    attended_phone: Mapped[int | None]

    @property
    def path(self) -> str:
        """Path at which citizens read it, below the host and the language."""
        return f"/meetings/{self.id}"

    @property
    def has_video(self) -> bool:
        """People can take part by video: in our room, or by the municipality's own link."""
        return self.has_room or bool(self.video_link)


class MeetingVersion(Earlier, TenantModel):
    """Earlier words of a meeting."""

    __tablename__ = "meetings_version"
    __table_args__ = (Index("ix_meetings_version_meeting", "meeting_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("meeting_id", ForeignKey("tenant.meetings_meeting.id"))


class MeetingFile(Attached, TenantModel):
    """A file of the materials."""

    __tablename__ = "meetings_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column(
        "meeting_id", ForeignKey("tenant.meetings_meeting.id"), index=True
    )

    @property
    def path(self) -> str:
        return f"/meetings/files/{self.id}"


class AgendaItem(Versioned, TenantModel):
    """A point of the agenda; `minutes` is how long it is planned to take.

    `from_part` and `from_id` are the thing that it came from, as threads know it.
    """

    __tablename__ = "meetings_item"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]
    presenter: Mapped[str]
    minutes: Mapped[int]
    from_part: Mapped[str] = mapped_column(default="", server_default="")
    from_id: Mapped[UUID | None]


class MeetingInvitation(InvitationRow, TenantModel):
    """A group that is invited to a meeting by a letter, or on paper where it left no address.

    `answer` is a word of `services/invitations.py`, empty until somebody said it.
    """

    __tablename__ = "meetings_invitation"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("meeting_id", "email_hash"),
    )
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    answer: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None]


class Guest(Entered, Versioned, TenantModel):
    """Somebody who said that they come: how, how many, what they need.

    `code_index` finds it by the follow code. `person_id` is the account it was said from,
    `invitation_id` the invitation that it answers.
    """

    __tablename__ = "meetings_guest"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("meeting_id", "person_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    name: Mapped[str] = mapped_column(Encrypted("meetings_guest.name"))
    email: Mapped[str] = mapped_column(Encrypted("meetings_guest.email"))
    phone: Mapped[str] = mapped_column(Encrypted("meetings_guest.phone"))
    needs: Mapped[str] = mapped_column(Encrypted("meetings_guest.needs"))
    language: Mapped[str]
    mode: Mapped[str]  # in the hall, by video, by phone
    people: Mapped[int]
    invitation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.meetings_invitation.id"), index=True
    )
    said_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class GuestCall(CallRow, TenantModel):
    """A call to a guest whom no letter and no SMS tells of a change."""

    __tablename__ = "meetings_call"
    __table_args__ = (
        UniqueConstraint("guest_id", "cause"),
        Index(
            "ix_meetings_call_owed",
            "until",
            "id",
            postgresql_where=text("state IN ('owed', 'again')"),
        ),
    )
    guest_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_guest.id"))


class GuestQuestion(Entered, Answerable, QuestionRow, TenantModel):
    """A question asked before the meeting or in it. `public_words` are shown once it was let in.

    In the room it is `taken_at` while it is spoken of, `settled_at` when that was done.
    """

    __tablename__ = "meetings_question"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_meetings_question_meeting", "meeting_id", "state", "asked_at"),
    )
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"))
    name: Mapped[str] = mapped_column(Encrypted("meetings_question.name"))
    words: Mapped[str] = mapped_column(Encrypted("meetings_question.words"))
    state: Mapped[str]
    public_words: Mapped[str]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class MinuteEntry(Versioned, TenantModel):
    """An entry of the minutes under a point of the agenda: text, motion, votes, decision.

    A draft as long as no record was published with it; corrections change it and publish anew. Its
    decision is read at once by everybody where it was announced in the room (`announced_at`).
    """

    __tablename__ = "meetings_entry"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_item.id"), index=True)
    text: Mapped[str]
    motion: Mapped[str]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    number: Mapped[str]
    decision: Mapped[str]
    follows: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    announced_at: Mapped[datetime | None]


class MinuteRecord(TenantModel):
    """An edition of the minutes as it was published. Never changed: a correction is the next one.

    `why` is empty for the first.
    """

    __tablename__ = "meetings_record"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("meeting_id", "edition"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"))
    edition: Mapped[int]
    content: Mapped[dict[str, Any]]
    why: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    published_by_id: Mapped[UUID | None] = mapped_column(index=True)


class Decision(Versioned, TenantModel):
    """A decision of published minutes, and what became of it. `late_for` is the told term."""

    __tablename__ = "meetings_decision"
    __table_args__ = (
        UniqueConstraint("entry_id"),
        Index("ix_meetings_decision_taken", text("taken_on DESC"), "id"),
        Index("ix_meetings_decision_due", "due_on", postgresql_where=text("reached_at IS NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_entry.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str]
    text: Mapped[str]
    follows: Mapped[str]
    owner: Mapped[str]
    taken_on: Mapped[date]
    due_on: Mapped[date | None]
    late_for: Mapped[date | None]
    reached_at: Mapped[datetime | None]
    outcome: Mapped[str]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/meetings/decisions/{self.id}"


class MeetingRoom(TenantModel):
    """Room of a meeting since it was first opened. `minutes` are a speaker's, 0 for no limit."""

    __tablename__ = "meetings_room"
    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.meetings_meeting.id"), primary_key=True
    )
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    has_waiting_room: Mapped[bool]
    minutes: Mapped[int]


class RoomParticipant(TenantModel):
    """Somebody in the room, or waiting before it; also who called the phone bridge.

    `shown_name` is what everybody in the room reads, so it lies in clear; it is forgotten when the
    room closes. `code_index` finds who joined by the code in their address.
    """

    __tablename__ = "meetings_participant"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("code_index"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    code_index: Mapped[bytes]
    shown_name: Mapped[str]
    is_phone: Mapped[bool]
    entered_at: Mapped[datetime]
    admitted_at: Mapped[datetime | None]
    hand_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    speaks_until: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  # with the room
    removed_at: Mapped[datetime | None]
    reason: Mapped[str]


class StrawPoll(Versioned, TenantModel):
    """A question that who leads asks everybody at once; what came of it decides nothing.

    `hands` are those counted in the room, by option; `online` are the votes of the room's page,
    folded into numbers when the poll is closed.
    """

    __tablename__ = "meetings_straw_poll"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_meetings_straw_poll_open",
            "meeting_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    question: Mapped[str]
    options: Mapped[list[str]]
    hands: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    online: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class StrawVote(TenantModel):
    """What a participant of the room thinks, while the poll is open; then only the number stays."""

    __tablename__ = "meetings_straw_vote"
    poll_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.meetings_straw_poll.id"), primary_key=True
    )
    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.meetings_participant.id"), primary_key=True
    )
    choice: Mapped[int]


class MeetingReport(Versioned, TenantModel):
    """What was said at a meeting and what follows, in plain words; `reply` to what people wrote."""

    __tablename__ = "meetings_report"
    meeting_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.meetings_meeting.id"), primary_key=True
    )
    words: Mapped[str]
    reply: Mapped[str]
    published_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)


class Feedback(TenantModel):
    """Answers and words to the organiser after a meeting. It says nobody's name and has no hour.

    `heard`, `clear` and `again` are words of `services/feedback.py`, empty where not answered.
    """

    __tablename__ = "meetings_feedback"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.meetings_meeting.id"), index=True)
    heard: Mapped[str] = mapped_column(default="", server_default="")
    clear: Mapped[str] = mapped_column(default="", server_default="")
    again: Mapped[str] = mapped_column(default="", server_default="")
    words: Mapped[str] = mapped_column(Encrypted("meetings_feedback.words"))
    sent_on: Mapped[date]


class RegionalMeeting(Scheduled, SharedModel):
    """Regional copy of a published meeting, written by its municipality's own job."""

    __tablename__ = "regional_meeting"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    place: Mapped[dict[str, str]]
    path: Mapped[str]
    published_at: Mapped[datetime]
    until: Mapped[datetime | None]
    changed_at: Mapped[datetime]


MODELS = (
    *(Meeting, MeetingVersion, MeetingFile, AgendaItem),
    *(MeetingInvitation, Guest, GuestCall, GuestQuestion),
    *(MinuteEntry, MinuteRecord, Decision, MeetingReport, Feedback, RegionalMeeting),
    *(MeetingRoom, RoomParticipant, StrawPoll, StrawVote),
)
