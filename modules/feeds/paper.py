"""A short post as a poster."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.queries import public
from obshto.platform.modularity.manifest import Paper
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import SOURCE, speaking


def paper_of(uow: UnitOfWork, post_id: UUID) -> Paper | None:
    """In Bulgarian, as it was approved; None for what is not public, or is over."""
    post = uow.session.scalar(public(uow.now).where(Post.id == post_id))
    it = shown_of(post) if post else None
    if it is None or (it.until and it.until <= uow.now):
        return None
    with speaking(SOURCE):
        facts = [(gettext("Къде"), it.place)] if it.place else []
        facts += [(gettext("До кога"), moment(it.until))] if it.until else []
        return Paper(
            kind="",
            title=it.title,
            facts=tuple(facts),
            text=tuple(it.summary.splitlines()),
            path=it.path,
            language=SOURCE,
        )
