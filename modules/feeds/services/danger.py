"""A danger goes to every channel at once: its words were confirmed where they were written."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from obshto.modules.feeds.services.posts import (
    Thing,
    draft_of,
    edit_post,
    release_confirmed,
    write_post,
)
from obshto.modules.feeds.services.source_changes import draft_from
from obshto.modules.feeds.services.targets import targets_here
from obshto.platform.search.feed_entries import entry_here
from obshto.platform.unit_of_work import UnitOfWork


def tell_of_danger(uow: UnitOfWork, part: str, object_id: UUID) -> None:
    """Urgent, so no quiet hours; connected networks by themselves, the others as ready texts.

    The key is the one that `follow` gives to a post of its own: whichever job comes first writes
    it, and this one makes it urgent.
    """
    entry = entry_here(uow, part, object_id)
    if entry is None:
        return
    draft = replace(draft_from(entry, tuple(targets_here(uow))), is_urgent=True)
    thing = Thing(part=part, object_id=object_id, path=entry.path)
    key = uuid5(object_id, f"feeds/{part}")
    post = write_post(uow, draft, request_id=key, thing=thing, is_own_words=False)
    uow.session.flush()
    if post.withdrawn_at:
        return
    if draft_of(post) != draft:
        edit_post(uow, post, draft, expected_version=post.version, is_own_words=False)
        uow.session.flush()
    release_confirmed(uow, post)
