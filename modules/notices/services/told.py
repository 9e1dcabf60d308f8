"""A notice in words: when it holds, what it says in a language."""

from __future__ import annotations

from flask_babel import gettext

from obshto.modules.notices.models import Notice
from obshto.platform.web.formats import moment


def spoken(notice: Notice, part: str, language: str) -> str:
    """A text in the language, else in Bulgarian."""
    return notice.said(part, language)[0]


def when(notice: Notice) -> str:
    """From when until when, in the language in force."""
    start, end = moment(notice.starts_at), moment(notice.ends_at)
    return str(gettext("От %(start)s до %(end)s", start=start, end=end))
