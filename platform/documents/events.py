"""Domain events of documents. None says whom a document is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DocumentFact(DomainEvent):
    """The document, whose part it is of, and its number."""

    subject_id: UUID
    part: str
    number: str


class DocumentIssued(DocumentFact):
    name: ClassVar[str] = "documents:document.issued"
    label: ClassVar[LazyString] = lazy_gettext("Издаден документ")


class DocumentRevoked(DocumentFact):
    name: ClassVar[str] = "documents:document.revoked"
    label: ClassVar[LazyString] = lazy_gettext("Отменен документ")
    is_public: ClassVar[bool] = True  # or a kept page of the check goes on saying „genuine“


@dataclass(frozen=True, kw_only=True)
class SealFact(DomainEvent):
    """The certificate by its fingerprint; never the key."""

    subject_id: UUID
    fingerprint: str


class SealPut(SealFact):
    name: ClassVar[str] = "documents:seal.put"
    label: ClassVar[LazyString] = lazy_gettext("Нов електронен печат за документите")


class SealRemoved(SealFact):
    name: ClassVar[str] = "documents:seal.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат електронен печат")


EVENTS = (DocumentIssued, DocumentRevoked, SealPut, SealRemoved)
