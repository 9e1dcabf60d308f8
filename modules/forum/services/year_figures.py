"""A year of the forum: what citizens said in it, how many discussions came to something."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, func, select

from obshto.modules.forum.models import Discussion, ForumPost
from obshto.platform.participation.declarations import ParticipationWay, Period, WayFigures
from obshto.platform.participation.figures import by_mode, counts_by, held_back, within
from obshto.platform.unit_of_work import UnitOfWork

DECIDED = "decided"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries."""
    said = and_(
        within(ForumPost.published_at, period),
        ForumPost.hidden_at.is_(None),
        ForumPost.is_official.is_(False),
    )
    channels = counts_by(uow, ForumPost.channel, select(ForumPost).where(said))
    spoken = select(func.count(ForumPost.discussion_id.distinct())).where(said)
    ended = select(func.count()).where(within(Discussion.decided_at, period))
    things, decided = uow.session.execute(
        select(spoken.scalar_subquery(), ended.scalar_subquery())
    ).one()
    return WayFigures(
        things=things,
        voices=sum(channels.values()),
        ends={DECIDED: decided},
        by_mode=held_back(by_mode(channels)),
    )


WAYS = (
    ParticipationWay(
        word="forum.posts",
        title=_("Мнения във форума"),
        things=_("разговори"),
        voices=_("мнения"),
        path="/forum/",
        ends={DECIDED: _("Разговори с решение")},
        figures=figures_of,
    ),
)
