"""Page context of a consultation: for citizens, for a preview, for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.deadlines import law_of, term_of
from obshto.modules.consultations.services.documents import documents_of
from obshto.modules.consultations.services.invitations import invitations_of, invited_in
from obshto.modules.consultations.services.kinds import DOCUMENT, KINDS, PICTURE, ROLES
from obshto.modules.consultations.services.paragraphs import (
    Paragraph,
    part_with,
    parts_of,
    sections_of,
)
from obshto.modules.consultations.services.queries import answers_to, opinions_on, paragraph_counts
from obshto.modules.consultations.services.representation import heard_of
from obshto.modules.consultations.services.states import (
    CHANGES,
    COLOURS,
    OUTCOME_COLOURS,
    OUTCOMES,
    STANCES,
    STATES,
    state_of,
)
from obshto.modules.consultations.services.support import supports_of
from obshto.modules.consultations.services.table import on_behalf
from obshto.modules.consultations.services.versions import newest_text, versions_of
from obshto.platform.notify.sms.short_codes import sends_sms
from obshto.platform.unit_of_work import UnitOfWork

FEW = 5  # opinions below the draft; the rest has a page
BESIDE = 10  # opinions beside their paragraph


def page_of(
    uow: UnitOfWork, found: Consultation, language: str, *, paragraph: int | None = None
) -> dict[str, Any]:
    """The whole page; of a long text the part in which a paragraph stands.

    Thirteen queries at most, two of the region's tables after the outcome.
    """
    counts = paragraph_counts(uow, found)
    versions = versions_of(uow, found)
    first = uow.session.scalars(opinions_on(found).limit(FEW)).all()
    papers = documents_of(uow, found)
    parts = parts_of(sections_of(newest_text(found, versions)))
    part = part_with(parts, paragraph)
    voices, heard = heard_of(uow, found, language)
    return {
        "consultation": found,
        "state": state_of(found, uow.now),
        "term": None if found.outcome_at else term_of(found),
        "papers": [paper for paper in papers if paper.document.role == DOCUMENT],
        "pictures": [paper for paper in papers if paper.document.role == PICTURE],
        "proofs": [paper for paper in papers if paper.document.role not in (DOCUMENT, PICTURE)],
        "number": sum(counts.values()),
        "counts": counts,
        "versions": versions,
        "sections": parts[part] if parts else [],
        "parts": [part[0].everything[0] for part in parts],
        "part": part,
        "opinions": first,
        "invited": [one.name for one in invitations_of(uow, found)],
        "voices": voices,
        "heard": heard,
        **told_of(uow, first),
        **words_of(uow),
    }


def said_of(uow: UnitOfWork, found: Consultation, paragraph: Paragraph | None) -> dict[str, Any]:
    """A paragraph beside what is said of it. Seven queries at most, one for the whole draft."""
    shown = {"consultation": found, "state": state_of(found, uow.now), "paragraph": paragraph}
    shown["has_sms"] = sends_sms(uow)
    if paragraph is None:
        return shown
    first = uow.session.scalars(opinions_on(found, paragraph.number).limit(BESIDE)).all()
    number = paragraph_counts(uow, found).get(paragraph.number, 0)
    return {**shown, "opinions": first, "number": number, **told_of(uow, first)}


def told_of(uow: UnitOfWork, opinions: Sequence[Opinion]) -> dict[str, Any]:
    """Answers, supports and invitations of these. Four queries at most."""
    return {
        "answers": answers_to(uow, opinions),
        "supports": supports_of(uow, opinions),
        "invited_in": invited_in(uow, opinions),
    }


def words_of(uow: UnitOfWork) -> dict[str, Any]:
    """Titles of what rows hold words for."""
    return {
        "kinds": KINDS,
        "law_of": lambda consultation: law_of(uow, consultation),
        "roles": ROLES,
        "states": STATES,
        "colours": COLOURS,
        "stances": STANCES,
        "changes_told": CHANGES,
        "outcomes": OUTCOMES,
        "outcome_colours": OUTCOME_COLOURS,
        "state_at": lambda consultation: state_of(consultation, uow.now),
        "on_behalf_of": on_behalf,
    }
