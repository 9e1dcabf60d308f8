"""What a sign-in leaves between its steps, and which organization is whose."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel


class Attempt(SharedModel):
    """Somebody has left for the identity provider. Taken once, when they come back."""

    __tablename__ = "sso_attempt"
    state_hash: Mapped[bytes] = mapped_column(primary_key=True)
    place: Mapped[str]  # a municipality, or `ops`
    back: Mapped[str]  # the path on that host
    browser_hash: Mapped[bytes]
    language: Mapped[str]
    level: Mapped[int]
    within: Mapped[int | None]  # seconds
    is_shared_computer: Mapped[bool]
    act: Mapped[str | None]  # what they mean to change there
    nonce: Mapped[str]
    verifier: Mapped[str]
    ends_at: Mapped[datetime] = mapped_column(index=True)


class HandOff(SharedModel):
    """Somebody has shown who they are, and is on the way to their host. Taken once, there."""

    __tablename__ = "sso_hand_off"
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    place: Mapped[str]
    back: Mapped[str]
    browser_hash: Mapped[bytes]
    person_id: Mapped[UUID]
    is_member: Mapped[bool]
    assurance: Mapped[int]
    assured_at: Mapped[datetime]
    idp_session: Mapped[str]  # empty, as the next: the provider has forgotten them already
    id_token: Mapped[str]
    # As the state named them, sealed for the place that they go to; None where it did not.
    identifier: Mapped[bytes | None]
    is_shared_computer: Mapped[bool]
    act: Mapped[str | None]  # what they have changed there
    ends_at: Mapped[datetime] = mapped_column(index=True)


class Organization(SharedModel):
    """Which organization of the provider stands for a place. Names may be used again, ids not."""

    __tablename__ = "sso_organization"
    place: Mapped[str] = mapped_column(primary_key=True)
    organization_id: Mapped[str] = mapped_column(unique=True)
