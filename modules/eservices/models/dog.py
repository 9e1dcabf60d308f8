"""The register of dogs: a dog by its chip, who keeps it since when, what happened to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class DogState(StrEnum):
    """Where a dog is: here, lost, dead, or with somebody who lives in another municipality."""

    HERE = "here"
    LOST = "lost"
    DEAD = "dead"
    GONE = "gone"


class Dog(Answered, Versioned, TenantModel):
    """One dog. Its chip names its keeper, so it is sealed and found by a keyed hash.

    `answers` holds how it looks and its passport. `vaccinate_by` is the day until which the last
    vaccination counts; `reminded_for` is that day once its keeper was written to.
    """

    __tablename__ = "eservices_dog"
    __table_args__ = (
        UniqueConstraint("chip_index"),
        Index("ix_eservices_dog_state", "state", "vaccinate_by"),
    )
    sealed_as: ClassVar[str] = "eservices_dog.answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    register_no: Mapped[str]
    chip: Mapped[str] = mapped_column(
        Encrypted("eservices_dog.chip"),
        deferred=True,  # lists do not show it
    )
    chip_index: Mapped[bytes]
    answers: Mapped[bytes]
    state: Mapped[str] = mapped_column(default=DogState.HERE)
    is_neutered: Mapped[bool] = mapped_column(default=False)
    entered_on: Mapped[date]
    ended_on: Mapped[date | None]
    vaccinated_on: Mapped[date | None]
    vaccinate_by: Mapped[date | None]
    reminded_for: Mapped[date | None]

    @property
    def is_ended(self) -> bool:
        """Whether nobody here keeps it any more."""
        return self.state in (DogState.DEAD, DogState.GONE)


class Keeping(Answered, Versioned, TenantModel):
    """Somebody keeps a dog, and owes its yearly fee, from one day until another.

    `answers` holds who and where. `is_declared` is false while only somebody else said so.
    `exempt` is the ground of the law by which no fee is due. `charged_year` is the last year of
    which the fee was looked at.
    """

    __tablename__ = "eservices_keeping"
    __table_args__ = (
        Index(
            "uq_eservices_keeping_open",
            "dog_id",
            unique=True,
            postgresql_where=text("until IS NULL"),
        ),
    )
    sealed_as: ClassVar[str] = "eservices_keeping.answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    dog_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_dog.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    number_index: Mapped[bytes | None] = mapped_column(index=True)
    answers: Mapped[bytes]
    since: Mapped[date]
    until: Mapped[date | None]
    is_declared: Mapped[bool]
    exempt: Mapped[str] = mapped_column(default="")
    charged_year: Mapped[int | None]


class DogEntry(TenantModel):
    """One thing that happened to a dog, or somebody of the staff who looked up its keeper.

    `name` is a word of `services/dogs/telling.py`; `day` is when it happened, `at` when it was
    written down.
    """

    __tablename__ = "eservices_dog_entry"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_eservices_dog_entry_dog", "dog_id", "at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID | None]
    dog_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_dog.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.eservices_case.id"), index=True)
    name: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    words: Mapped[str | None] = mapped_column(Encrypted("eservices_dog_entry.words"))
