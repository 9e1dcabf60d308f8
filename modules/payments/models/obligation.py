"""Who owes, and what."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Payer(TenantModel):
    """A person or a company, as the tax program knows them. `code` stands on their notice.

    `number` is ЕГН, ЛНЧ or ЕИК: sealed, found by its keyed hash.
    """

    __tablename__ = "payments_payer"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(Encrypted("payments_payer.number"))
    number_index: Mapped[bytes] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(Encrypted("payments_payer.name"))
    made_at: Mapped[datetime]


class Obligation(Versioned, TenantModel):
    """One instalment of one tax or fee of one year; sums are cents of the euro.

    `kind` is the code of a kind of income, `thing` the register number of the property or vehicle
    (empty where there is none), `instalment` 0 where the year has but one. `paid_cents` is what has
    come for it, `forgiven_cents` the discount of who paid the year early.
    """

    __tablename__ = "payments_obligation"
    __table_args__ = (
        UniqueConstraint("payer_id", "kind", "thing", "year", "instalment"),
        CheckConstraint("cents >= 0", name="sum"),
        CheckConstraint("paid_cents >= 0 AND forgiven_cents >= 0", name="paid"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payer_id: Mapped[UUID] = mapped_column(ForeignKey(Payer.id))
    kind: Mapped[str]
    thing: Mapped[str]
    year: Mapped[int]
    instalment: Mapped[int]
    due_on: Mapped[date]
    cents: Mapped[int] = mapped_column(BigInteger)
    paid_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    forgiven_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    payer: Mapped[Payer] = relationship(lazy="raise")

    @property
    def left_cents(self) -> int:
        """What is still to be paid, without interest."""
        return max(0, self.cents - self.paid_cents - self.forgiven_cents)

    @property
    def whole_year(self) -> tuple[str, str, int]:
        """What its instalments have in common: kind, thing, year."""
        return self.kind, self.thing, self.year


class Kept(TenantModel):
    """A notice that somebody who signs in keeps in their profile: they have shown its code."""

    __tablename__ = "payments_kept"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    payer_id: Mapped[UUID] = mapped_column(
        ForeignKey(Payer.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    kept_at: Mapped[datetime]
