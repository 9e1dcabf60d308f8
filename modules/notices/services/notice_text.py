"""A notice in words: when it holds, what it says in a language."""

from __future__ import annotations

from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.kinds import KINDS, topic_of
from obshto.platform.modularity.manifest import Audience
from obshto.platform.web.formats import moment


def spoken(notice: Notice, part: str, language: str) -> str:
    """A text in the language, else in Bulgarian."""
    return notice.said(part, language)[0]


def when(notice: Notice) -> str:
    """From when until when, in the language in force."""
    start, end = moment(notice.starts_at), moment(notice.ends_at)
    return str(gettext("От %(start)s до %(end)s", start=start, end=end))


def subject_of(notice: Notice, title: str, subject: str = "%(kind)s: %(title)s") -> str:
    """The line by which it is known in a mailbox, and all that an SMS says of it."""
    return subject % {"kind": KINDS[notice.kind], "title": title}


def audience_of(notice: Notice, *, asked: bool = True, told: bool = False) -> Audience:
    """Its kind at its places, while it holds."""
    return Audience(
        topic=topic_of(notice.kind),
        places=frozenset(notice.settlements),
        is_urgent=notice.is_urgent,
        until=notice.ends_at,
        asked=asked,
        told=told,
    )
