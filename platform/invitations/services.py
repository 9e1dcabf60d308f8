"""Acts on invitations: add once, find behind a letter's link or by who answers, forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, defer

from obshto.platform.invitations.errors import InvitedBefore, TooManyInvited
from obshto.platform.invitations.models import InvitationRow
from obshto.platform.keys.encryption import blind_index
from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.unit_of_work import UnitOfWork

MOST = 100  # of one thing
I = TypeVar("I", bound=InvitationRow)  # noqa: E741


@dataclass(frozen=True, slots=True)
class InvitationList(Generic[I]):
    """Invitations of a module; `parent` is the column that says to what they are."""

    model: type[I]
    parent: InstrumentedAttribute[UUID]

    def of_request(self, uow: UnitOfWork, request_id: UUID) -> I | None:
        """The one that this form made before."""
        return uow.session.scalar(select(self.model).where(self.model.request_id == request_id))

    def add(self, uow: UnitOfWork, parent_id: UUID, *, name: str, email: str, **told: Any) -> I:
        """One more; the parent is locked. Raises InvitedBefore, TooManyInvited."""
        own = select(func.count()).where(self.parent == parent_id)
        if (uow.session.scalar(own) or 0) >= MOST:
            raise TooManyInvited(most=MOST)
        reach = {"email": email or None, "email_hash": self._hash(email) if email else None}
        told = {self.parent.key: parent_id, "name": name, **reach, "added_at": uow.now, **told}
        row = self.model(**told)
        try:
            with uow.session.begin_nested():
                uow.session.add(row)
        except IntegrityError:
            raise InvitedBefore from None
        return row

    def rows(self, uow: UnitOfWork, parent_id: UUID) -> Sequence[I]:
        """By name, addresses not decrypted. One query."""
        own = select(self.model).where(self.parent == parent_id)
        own = own.order_by(self.model.name, self.model.id)
        return uow.session.scalars(own.options(defer(self.model.email))).all()

    def token_of(self, uow: UnitOfWork, row: I) -> str:
        """The part of the letter's link that says who was invited."""
        return make_token(self._purpose, {"id": str(row.id)}, at=uow.now)

    def behind_link(self, uow: UnitOfWork, parent_id: UUID, token: str) -> I | None:
        """None where the link is broken or of another parent."""
        try:
            found = uow.session.get(self.model, UUID(read_token(self._purpose, token)[0]["id"]))
        except (NoSuchLink, KeyError, ValueError):
            return None
        return found if found and getattr(found, self.parent.key) == parent_id else None

    def answered_by(
        self, uow: UnitOfWork, parent_id: UUID, *, name: str, email: str, by_staff: bool
    ) -> UUID | None:
        """Whose answer this is: by address, from staff by name too."""
        own = select(self.model.id).where(self.parent == parent_id)
        is_its = self.model.email_hash == self._hash(email)
        found = uow.session.scalar(own.where(is_its)) if email else None
        if found is None and by_staff and name:
            named = func.lower(self.model.name) == name.lower()
            found = uow.session.scalar(own.where(named).limit(1))
        return found

    def forget_addresses(self, uow: UnitOfWork, old: ColumnElement[bool]) -> None:
        """No address of these stays; the names do."""
        rows = update(self.model).where(self.model.email_hash.is_not(None), old)
        uow.session.execute(
            rows.values(email=None, email_hash=None),
            execution_options={"synchronize_session": False},
        )

    @property
    def _purpose(self) -> str:
        return f"{self._table}.link"

    @property
    def _table(self) -> str:
        return str(self.model.__tablename__)  # type: ignore[attr-defined]

    def _hash(self, email: str) -> bytes:
        return blind_index(f"{self._table}.email_hash", email.strip().casefold())
