"""Tables of documents: what was issued under a number and a code, and the seal that it carries."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class IssuedRow:
    """What every issued document has, in whichever table: `pdf` lies encrypted for its row.

    `code` is random and printed; it says nothing by itself. `fingerprint` is SHA-256 of the file,
    so that two copies can be compared. `seal_subject` is whose electronic seal it carries,
    `seal_issuer` who gave that certificate; empty where it is signed by hand.
    """

    __tablename__: str
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    title: Mapped[str]
    is_trial: Mapped[bool]
    issued_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    fingerprint: Mapped[str]
    seal_subject: Mapped[str | None]
    seal_issuer: Mapped[str | None]
    pdf: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def number(self) -> str:
        """The number in its series: 2026-00007."""
        return f"{self.year}-{self.sequence:05d}"

    @property
    def is_revoked(self) -> bool:
        """Whether it was taken back; where a table has no word of that, never."""
        return getattr(self, "revoked_at", None) is not None

    @property
    def is_replaced(self) -> bool:
        """Whether a corrected one took its place; where a table has no word of that, never."""
        return getattr(self, "replaced_at", None) is not None

    @classmethod
    def pdf_label(cls) -> str:
        """What the file is encrypted under."""
        return f"{cls.__tablename__}.pdf"


class CorrectableRow(IssuedRow):
    """A document that may be corrected: one with a number of its own takes its place."""

    replaces_id: Mapped[UUID | None]
    replaced_at: Mapped[datetime | None]


class Document(IssuedRow, Versioned, TenantModel):
    """A document of a part, about one of its objects; at most one of a series is in force.

    `series` is a word of the part, `reason` why it was revoked: staff see it, a check does not.
    """

    __tablename__ = "documents_document"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("part", "series", "year", "sequence"),
        Index(
            "uq_documents_document_in_force",
            *("part", "object_id", "series"),
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )
    part: Mapped[str]
    object_id: Mapped[UUID]
    series: Mapped[str]
    revoked_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class DocumentCounter(CounterRow, TenantModel):
    """The last number of a series; `kind` is „part:series“."""

    __tablename__ = "documents_counter"


class SealKind(StrEnum):
    """Given by the municipality, or made by the house itself while documents are for trial."""

    OWN = "own"
    TRIAL = "trial"


class Seal(Versioned, TenantModel):
    """`content` is PKCS #12 without a password, encrypted for this row.

    `subject` and `issuer` are the names in the certificate; `fingerprint` its SHA-256.
    """

    __tablename__ = "documents_seal"
    __table_args__ = (UniqueConstraint("kind"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    subject: Mapped[str]
    issuer: Mapped[str]
    valid_until: Mapped[date]
    fingerprint: Mapped[str]
    put_at: Mapped[datetime]


MODELS = (Document, DocumentCounter, Seal)
