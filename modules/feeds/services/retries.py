"""What a channel did not take is tried again when somebody asks for it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.feeds.errors import PostChanged
from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.services.fan_out import ask
from obshto.modules.feeds.services.queries import old_posts
from obshto.modules.feeds.services.states import Stand
from obshto.platform.entity import expect_version
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=3 * 365)


def retry_post(uow: UnitOfWork, post: Post, *, expected_version: int) -> None:
    """Each channel that failed is asked anew, at once. Raises PostChanged."""
    failed = select(Delivery.id).where(
        Delivery.post_id == post.id, Delivery.state.in_((Stand.FAILED, Stand.AGAIN))
    )
    expect_version(post, expected_version, PostChanged, who=post.changed_by or "–")
    ids = list(uow.session.scalars(failed.with_for_update()))
    if not ids:
        return
    again = update(Delivery).where(Delivery.id.in_(ids))
    again = again.values(state=Stand.WAITING, due_at=uow.now, tries=0, trouble="")
    uow.session.execute(again)
    ask(uow)


def forget_old(uow: UnitOfWork) -> None:
    """Job: what was written three years ago is gone here; on networks it stays where it is."""
    old = list(uow.session.scalars(old_posts(uow.now, KEPT)))
    kept = [(post.picture_id, post.shown.get("picture_id")) for post in old]
    pictures = {UUID(str(one)) for both in kept for one in both if one}
    forget_files(uow, list(pictures))
    uow.session.execute(delete(Post).where(Post.id.in_([post.id for post in old])))
