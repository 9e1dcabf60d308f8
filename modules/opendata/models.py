"""Tables of open data: editions of data sets, sets brought by hand, requests for information."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CaseLineRow, CaseRow, CounterRow
from obshto.platform.clock import day_of
from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


def days_told(period: Sequence[str], made_at: datetime) -> tuple[str, str]:
    """The period as two days; without one both are the day of the edition."""
    day = day_of(made_at).isoformat()
    return (period[0], period[1]) if period else (day, day)


class Edition(TenantModel):
    """A data set as it was from one night on: its rows as a file, and what differs from before.

    `sha256` is of the JSON file: the same content makes no new edition, `checked_at` rises. Files
    of formats are kept for the latest alone, the JSON of some before it. `added` and the others
    are empty where nobody counted. `chart` holds pairs of period and number, `period` the first and
    the last day that its rows tell of, nothing where they say how things stand. `awaited` are the
    formats of a large one that are still to be written: until then it is not the latest.
    """

    __tablename__ = "opendata_edition"
    __table_args__ = (UniqueConstraint("part", "dataset", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    part: Mapped[str]
    dataset: Mapped[str]
    number: Mapped[int]
    sha256: Mapped[bytes]
    columns: Mapped[list[dict[str, Any]]]
    rows: Mapped[int]
    added: Mapped[int | None]
    removed: Mapped[int | None]
    changed: Mapped[int | None]
    chart: Mapped[list[list[Any]]] = mapped_column(JSONB)
    period: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")
    files: Mapped[dict[str, str]]
    sizes: Mapped[dict[str, int]] = mapped_column(JSONB)
    awaited: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    is_latest: Mapped[bool]
    made_at: Mapped[datetime]
    checked_at: Mapped[datetime]

    @property
    def covers(self) -> tuple[str, str]:
        """First and last day of what it tells; of how things stand, the day it was made."""
        return days_told(self.period, self.made_at)


class UploadedSet(Versioned, TenantModel):
    """A data set that an official brought as a file.

    `columns` are those of what is published, `draft_columns`, `draft_file` and `problems` of the
    file that waits. Its editions stand under the part `own`, the id being the slug.
    """

    __tablename__ = "opendata_set"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    about: Mapped[str]
    source: Mapped[str]
    theme: Mapped[str]
    licence: Mapped[str]
    columns: Mapped[list[dict[str, Any]]]
    draft_columns: Mapped[list[dict[str, Any]]]
    draft_file: Mapped[UUID | None]
    draft_rows: Mapped[int]
    problems: Mapped[list[dict[str, Any]]]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)


class InformationRequest(CaseRow, TenantModel):
    """What somebody asks the municipality to give: a data set, or information under the law.

    `topic` is shown to everybody, the sender's `words` to nobody; `public_words` and `answer` are
    what staff wrote for all. `starts_on` is the day from which the term runs, `extension` the rule
    by which it was made longer.
    """

    __tablename__ = "opendata_request"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_opendata_request_queue", "state", "due_on", "id"),
        Index("ix_opendata_request_public", "answered_at", "id"),
    )
    kind: Mapped[str]
    words: Mapped[str | None] = mapped_column(Encrypted("opendata_request.words"))
    email: Mapped[str | None] = mapped_column(Encrypted("opendata_request.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("opendata_request.phone"))
    address: Mapped[str | None] = mapped_column(Encrypted("opendata_request.address"))
    form: Mapped[str]
    language: Mapped[str]
    starts_on: Mapped[date]
    extension: Mapped[str] = mapped_column(default="")
    warned_for: Mapped[date | None]
    topic: Mapped[str] = mapped_column(default="")
    public_words: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    is_public: Mapped[bool] = mapped_column(default=False)


class RequestEntry(CaseLineRow, TenantModel):
    """One thing that happened to a request."""

    __tablename__ = "opendata_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_opendata_line_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.opendata_request.id"))


class InformationCounter(CounterRow, TenantModel):
    """The last number of requests in a year."""

    __tablename__ = "opendata_counter"


class RegionalDataset(SharedModel):
    """A data set of a municipality for the region's catalogue; written by its own job.

    `titles` and `abouts` by language, Bulgarian always; `number` and `sizes` (bytes by format) are
    of the latest edition.
    """

    __tablename__ = "regional_dataset"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSONB)
    abouts: Mapped[dict[str, str]] = mapped_column(JSONB)
    sizes: Mapped[dict[str, int]] = mapped_column(JSONB)
    theme: Mapped[str]
    licence: Mapped[str]
    number: Mapped[int]
    rows: Mapped[int]
    made_at: Mapped[datetime]
    period: Mapped[list[str]] = mapped_column(JSONB, default=list, server_default="[]")

    @property
    def covers(self) -> tuple[str, str]:
        """First and last day of what the latest edition tells."""
        return days_told(self.period, self.made_at)

    @property
    def path(self) -> str:
        """Where people read it in its municipality, below the host and the language."""
        return f"/opendata/sets/{self.part}/{self.slug}"


MODELS = (
    Edition,
    UploadedSet,
    InformationRequest,
    RequestEntry,
    InformationCounter,
    RegionalDataset,
)
