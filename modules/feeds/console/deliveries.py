"""Staff pages of a post on one network: put there by hand, looked for, its picture."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.feeds.console.posts import Answer, console
from obshto.modules.feeds.errors import NoSuchPost
from obshto.modules.feeds.forms.deliveries import ByHandForm, FoundForm
from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import by_hand, queries
from obshto.modules.feeds.services.approved_text import is_wanted, shown_of
from obshto.modules.feeds.services.picture_limits import UNLIMITED, picture_of
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.services.targets import Target, every_target, text_for
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:post_id>/deliveries/<uuid:delivery_id>", methods=["GET", "POST"])
@requires(FeedsPermission.WRITE)
def delivery(post_id: UUID, delivery_id: UUID) -> Answer:
    """What somebody has to do on that network, with text and picture; what they say of it."""
    uow, to_change = current_uow(), request.method == "POST"
    post = queries.post_of(uow, post_id, to_change=to_change)
    row = by_hand.delivery_of(uow, post, delivery_id, to_change=to_change)
    return _found(post, row) if row.state == Stand.UNKNOWN else _by_hand(post, row)


@console.get("/<uuid:post_id>/picture.jpg")
@requires(FeedsPermission.WRITE)
def jpeg(post_id: UUID) -> Response:
    """The approved picture as the network takes it; as any takes it where none is named."""
    uow = current_uow()
    post = queries.post_of(uow, post_id)
    picture_id = shown_of(post).picture_id if post.shown else None
    if picture_id is None:
        raise NoSuchPost
    target = every_target(uow).get(request.args.get("target", ""))
    limits = target.pictures if target else None
    content, mime = picture_of(uow, picture_id, limits or UNLIMITED, is_jpeg=True)
    name = {"Content-Disposition": 'attachment; filename="picture.jpg"'}
    return Response(content, mimetype=mime, headers=name)


def _by_hand(post: Post, row: Delivery) -> Answer:
    wanted = (post.approved_edition or 0) if is_wanted(post, row.target) else 0
    form = ByHandForm(data={"expected_version": wanted}, done=_done(row, wanted))
    if form.validate_on_submit():
        try:
            uow, seen = current_uow(), form.seen
            by_hand.confirm_by_hand(uow, post, row, edition=seen, address=form.where)
            return see_other("feeds_console.show", post_id=post.id, said="feeds.by-hand")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = str(wanted)
    is_open = by_hand.is_open(row, wanted)
    return _page("feeds/by_hand.html", form, post, row, wanted=wanted, is_open=is_open)


def _found(post: Post, row: Delivery) -> Answer:
    question = by_hand.question_of(row)
    form = FoundForm(data={"expected_version": question})
    if form.validate_on_submit():
        told = {"is_there": form.answer.data == "there", "address": form.where}
        try:
            by_hand.decide_unknown(current_uow(), post, row, question=form.seen, **told)
            return see_other("feeds_console.show", post_id=post.id, said="feeds.decided")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = str(question)
    return _page("feeds/found.html", form, post, row)


def _page(
    template: str, form: ByHandForm | FoundForm, post: Post, row: Delivery, **more: int
) -> Answer:
    uow = current_uow()
    target = every_target(uow).get(row.target) or Target(word=row.target, title="")
    shown = shown_of(post)
    text = text_for(shown, target, uow.scope.address, uow.scope.title)
    about = {"post": post, "row": row, "target": target, "text": text, "shown": shown}
    return filled(template, form, **about, **more)


def _done(row: Delivery, wanted: int) -> str:
    if wanted == 0:
        return str(gettext("Махнах я оттам"))
    return str(gettext("Поправих я там") if row.edition else gettext("Публикувах я"))
