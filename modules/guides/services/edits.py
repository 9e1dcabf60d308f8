"""Write guides and change them; every text that stood before is kept.

Each act says how the guide shall be, and which version its author saw. Where the guide is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.guides.errors import GuideChangedWhileWriting
from obshto.modules.guides.events import (
    GuideCorrected,
    GuideEdited,
    GuideTranslated,
    GuideWritten,
)
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.kind import KIND
from obshto.platform.db.base import new_id
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.editorial.translation import put_words, translate_text
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideText:
    """The words of a guide, which are translated."""

    title: str
    summary: str
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideLinks:
    """Paths below the host: where people do it, where a video shows it. Either may be empty."""

    leads_to: str = ""
    video: str = ""


def reads(guide: CitizenGuide, text: GuideText) -> bool:
    """Whether the guide stands so already, word for word."""
    now = GuideText(title=guide.title, summary=guide.summary, markdown=guide.markdown)
    return now == text


def links_of(guide: CitizenGuide) -> GuideLinks:
    """Its links as they are stored."""
    return GuideLinks(leads_to=guide.leads_to, video=guide.video)


def write_guide(
    uow: UnitOfWork, text: GuideText, links: GuideLinks, *, request_id: UUID
) -> CitizenGuide:
    """A new draft. The same `request_id` again answers the first one. Raises TextTooLong."""
    try:
        with uow.session.begin_nested():
            guide = _new(uow, text, links, request_id=request_id, language=SOURCE)
    except IntegrityError:  # a second click, perhaps in the same instant
        return uow.session.scalars(
            select(CitizenGuide).where(CitizenGuide.request_id == request_id)
        ).one()
    uow.emit(GuideWritten(subject_id=guide.id, title=guide.title))
    return guide


def edit_guide(
    uow: UnitOfWork,
    guide: CitizenGuide,
    text: GuideText,
    links: GuideLinks,
    *,
    expected_version: int,
) -> None:
    """Save it; the old words become a version. Raises GuideChangedWhileWriting, TextTooLong."""
    if reads(guide, text) and links_of(guide) == links:
        return
    expect_version(guide, expected_version, GuideChangedWhileWriting, who=guide.changed_by)
    if not reads(guide, text):
        keep_version(uow, KIND, guide)
        put_words(uow, KIND, guide, asdict(text))
    guide.leads_to, guide.video = links.leads_to, links.video
    sign(uow, guide)
    fact = GuideCorrected if guide.is_published else GuideEdited
    uow.emit(fact(subject_id=guide.id, title=guide.title))


def translate_guide(
    uow: UnitOfWork, guide: CitizenGuide, text: GuideText, *, language: str, expected_version: int
) -> CitizenGuide:
    """Its words in another language; `expected_version` is the translation's, else UNWRITTEN.

    Raises GuideChangedWhileWriting, TextTooLong.
    """

    def new() -> CitizenGuide:
        return _new(
            uow, text, GuideLinks(), request_id=new_id(), language=language, translation_of=guide.id
        )

    translated, is_changed = translate_text(
        uow,
        KIND,
        guide,
        asdict(text),
        language=language,
        expected_version=expected_version,
        new=new,
        late=GuideChangedWhileWriting,
    )
    if is_changed:
        uow.emit(GuideTranslated(subject_id=guide.id, title=guide.title))
    return translated


def _new(
    uow: UnitOfWork,
    text: GuideText,
    links: GuideLinks,
    *,
    request_id: UUID,
    language: str,
    translation_of: UUID | None = None,
) -> CitizenGuide:
    guide = CitizenGuide(
        id=new_id(),
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        written_at=uow.now,
        author_id=uow.principal.person_id,
        leads_to=links.leads_to,
        video=links.video,
    )
    put_words(uow, KIND, guide, asdict(text))
    uow.session.add(guide)
    uow.session.flush()
    return guide
