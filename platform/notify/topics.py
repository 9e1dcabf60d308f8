"""What one can subscribe to here, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask_babel import LazyString

from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.web.language import SOURCE

Places = Mapping[str, Mapping[str, str]]


def topics_here() -> dict[str, LazyString]:
    """The topics of the parts that are on, by word."""
    return {topic.word: topic.title for part in components_here() for topic in part.topics}


def invitable_topics() -> dict[str, LazyString]:
    """Those of every part, on or not, whose readers may be told of what is near them."""
    topics = (topic for part in current_registry().parts.values() for topic in part.topics)
    return {topic.word: topic.title for topic in topics if not topic.stands_alone}


def titles_of(words: Collection[str]) -> list[str]:
    """The titles in the language in force, of every part, on or not."""
    known = {t.word: t.title for part in current_registry().parts.values() for t in part.topics}
    return [str(title) for word, title in known.items() if word in words]


def names_of(codes: Collection[str], places: Places, language: str) -> list[str]:
    """The names of these places in their own order; of one that is no longer here, none."""
    told = (name for code, name in places.items() if code in codes)
    return [name.get(language) or name[SOURCE] for name in told]
