"""How a post reads on each channel, cut to its limits at the end of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from obshto.modules.feeds.services.approved_text import Said
from obshto.platform.web.formats import moment

SUMMARY = 280  # characters that are taken of a text to begin with
MORE = "…"
_link = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLook:
    """A post as it will stand on one channel."""

    title: str  # of the channel
    text: str
    length: int
    limit: int | None = None
    parts: int = 0  # messages of an SMS
    is_cut: bool = False
    note: str = ""


def shortened(text: str, limit: int) -> str:
    """At most so many characters, the last word whole; the cut is seen."""
    text = text.strip()
    if len(text) <= limit:
        return text
    kept = text[: max(limit - 1, 0)]
    words = kept.rpartition(" ")[0] or kept
    return f"{words.rstrip(' ,;:–-')}{MORE}" if limit > 0 else ""


def address_of(post: Said, home: str) -> str:
    """Where it is read whole: `home` is the address of the portal."""
    return f"{home}{post.path}"


def validity(post: Said) -> str:
    """Where and until when, in one line; empty where neither is said."""
    until = gettext("до %(until)s", until=moment(post.until)) if post.until else ""
    return ", ".join(filter(None, (post.place, until))).replace("\xa0", " ")


def tags_of(municipality: str, place: str) -> str:
    """„#ОбщинаКула #СелоСтаропатица“: how readers of a page of many find their own."""
    words = (re.findall(r"\w+", name) for name in (municipality, place) if name)
    return " ".join("#" + "".join(word[:1].upper() + word[1:] for word in told) for told in words)


def network_text(post: Said, home: str, *, limit: int, of_a_link: int, tags: str = "") -> str:
    """Title, summary, where and until when, the link; the summary gives way to the limit."""
    tail = [*filter(None, (validity(post),)), address_of(post, home), *filter(None, (tags,))]
    fixed = "\n".join(tail)
    title = shortened(post.title, limit - letters(fixed, of_a_link) - 2)
    left = limit - letters("\n\n".join((title, fixed)), of_a_link) - 2
    summary = shortened(post.summary, left) if left > 20 else ""
    return "\n\n".join(filter(None, (title, summary, fixed)))


def letters(text: str, of_a_link: int) -> int:
    """As networks count: a link is as long as any other."""
    links = _link.findall(text)
    return len(text) - sum(map(len, links)) + of_a_link * len(links)


def first_words(text: str, title: str) -> str:
    """The beginning of a text as a summary, without the title when it begins with that."""
    return shortened(text.removeprefix(title).strip(), SUMMARY)


def joined(lines: Iterable[str]) -> str:
    """Paragraphs of what is said at all."""
    return "\n\n".join(filter(None, lines))
