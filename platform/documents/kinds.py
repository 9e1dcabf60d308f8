"""Document kinds: tables of a part in which a check looks besides the documents' own."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.platform.documents.models import Document, IssuedRow
from obshto.platform.modularity.registry import current_registry


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """What a part issues; `table` only where its rows lay in a table of its own before."""

    part: str
    table: type[IssuedRow] = Document


def issued_tables() -> tuple[type[IssuedRow], ...]:
    """All tables of documents. A part that is switched off has issued what it has issued."""
    kinds = [kind for part in current_registry().parts.values() for kind in part.issues]
    return (Document, *dict.fromkeys(kind.table for kind in kinds if kind.table is not Document))
