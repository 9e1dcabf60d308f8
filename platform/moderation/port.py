"""Port of moderation: a part says what its hidden things are and reacts to a decided appeal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

from flask_babel import LazyString

from obshto.platform.modularity.registry import components_here

if TYPE_CHECKING:
    from obshto.platform.purposes.subjects import Subject
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratedThing:
    """Its name without what is hidden, and its public page.

    `title` is somebody's words, in Bulgarian, or empty; `what` is in the reader's language.
    """

    title: str = ""
    what: str = ""
    path: str


class ModeratedPart(Protocol):
    """Offered in the manifest by each part whose things are moderated."""

    @property
    def rules(self) -> Mapping[str, LazyString]:
        """Rules by word, as the public log names them; empty where a part has none."""
        ...

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Those of these ids that are there. One query; no personal column is read."""
        ...

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Whose words staff read when they open the appeal."""
        ...

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """What is hidden, for who decides the appeal; the look at it is recorded before."""
        ...

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Lock the row that the part locks before `hide` and `lift`: one order for all."""
        ...

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """An appeal is decided: show the thing again or leave it, and tell its author. Locked."""
        ...


def moderated_parts() -> Mapping[str, ModeratedPart]:
    """Parts that are on in the municipality at hand, by their slug."""
    return {
        part.slug: cast(ModeratedPart, part.offers[ModeratedPart])
        for part in components_here()
        if ModeratedPart in part.offers
    }
