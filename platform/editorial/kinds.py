"""What a module says of its texts, so that the same hands work at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy import Select, select

from obshto.platform.editorial.events import TextFact
from obshto.platform.editorial.models import Attached, Earlier, Written
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.permissions import Permission
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

UNWRITTEN = 0  # what a form saw of a translation that was not there

T = TypeVar("T", bound=Written)
V = TypeVar("V", bound=Earlier)
A = TypeVar("A", bound=Attached)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind(Generic[T, V, A]):
    """Tables, words of permission, refusals and facts of the texts of one module.

    Its console has an endpoint `edit` that takes the text as `key`, and `translate`, which takes a
    `language` besides; its notices know „<part>.reverted“, „.file-added“, „.file-described“,
    „.file-removed“.
    """

    part: str  # the slug: „pages“
    key: str  # how its addresses call a text: „page_id“
    called: LazyString  # what one text is, at the head of a line: „Страница“
    text: type[T]
    version: type[V]
    attachment: type[A]
    write: Permission
    publish: Permission
    missing: type[NotFound]
    changed: type[Conflict]  # takes `who`
    reverted: type[TextFact]
    file_added: type[TextFact]
    file_described: type[TextFact]
    file_moved: type[TextFact]
    file_removed: type[TextFact]

    @property
    def name(self) -> str:
        """How templates call a text: „page“."""
        return self.key.removesuffix("_id")

    @property
    def edit(self) -> str:
        """The endpoint on which a text is edited."""
        return f"{self.part}_console.edit"

    @property
    def translate(self) -> str:
        """The endpoint on which a translation is edited."""
        return f"{self.part}_console.translate"

    @property
    def files(self) -> str:
        """The name under which the console's pages of files stand."""
        return f"{self.part}_console.files"

    @property
    def sending(self) -> str:
        """The endpoint that sends a file to citizens."""
        return f"{self.part}_citizen.file"

    def originals(self) -> Select[T]:
        """Every text that is no translation."""
        return select(self.text).where(self.text.translation_of.is_(None))

    def original(
        self, uow: UnitOfWork, text_id: UUID, *, to_change: bool = False, or_deleted: bool = False
    ) -> T:
        """For staff: no translation; `to_change` makes others wait. Raises `missing`."""
        wanted = {"to_change": to_change, "or_deleted": or_deleted}
        return row_of(uow, self.originals(), text_id, missing=self.missing, **wanted)

    def translations(
        self, uow: UnitOfWork, originals: Collection[T], language: str
    ) -> dict[UUID, T]:
        """Translations of these texts into a language, by the original's id. One query."""
        if language == SOURCE or not originals:
            return {}
        rows = select(self.text).where(
            self.text.translation_of.in_([original.id for original in originals]),
            self.text.language == language,
            self.text.deleted_at.is_(None),
        )
        return {row.translation_of: row for row in uow.session.scalars(rows) if row.translation_of}

    def written(self, uow: UnitOfWork, text_id: UUID, *, to_change: bool = False) -> T:
        """The same of a text in any language: a translation is there while its original is.

        The original is locked first, as by all who translate it. Raises `missing`.
        """
        asked = select(self.text.translation_of).where(self.text.id == text_id)
        original_id = uow.session.scalar(asked)
        if original_id is None:
            return self.original(uow, text_id, to_change=to_change)
        self.original(uow, original_id, to_change=to_change)
        rows = select(self.text)
        return row_of(uow, rows, text_id, missing=self.missing, to_change=to_change)
