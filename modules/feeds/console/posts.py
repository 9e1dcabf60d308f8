"""Staff pages of posts: writing, looking at them a second time, following them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.feeds.forms.posts import EditPostForm, NewPostForm, PostForm, begun, shown
from obshto.modules.feeds.models import Post
from obshto.modules.feeds.permissions import FeedsPermission, may_approve
from obshto.modules.feeds.services import posts as acts
from obshto.modules.feeds.services import queries
from obshto.modules.feeds.services.by_hand import can_take_over
from obshto.modules.feeds.services.retries import retry_post
from obshto.modules.feeds.services.source_changes import draft_from, picture_from
from obshto.modules.feeds.services.states import state_of
from obshto.modules.feeds.services.targets import (
    every_target,
    looks_of,
    targets_for,
    targets_here,
)
from obshto.platform.errors import DomainError
from obshto.platform.search.models import SearchEntry
from obshto.platform.soft_delete import counts
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import SOURCE
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import named_settlements

console = Blueprint("feeds_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(FeedsPermission.WRITE)
def index() -> str:
    uow = current_uow()
    lists = {"untold": queries.untold(uow), **queries.lists(uow.now)}
    chosen = request.args.get("list", "untold")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    may_connect = uow.principal.may(FeedsPermission.CONNECT)
    may_choose = uow.principal.may(FeedsPermission.VILLAGE)
    about = {"page": page, "chosen": chosen, "may_connect": may_connect, "may_choose": may_choose}
    about["counts"] = numbers
    states = {} if chosen == "untold" else {post.id: state_of(post, uow.now) for post in page.rows}
    return render_template("feeds/console.html", states=states, **about)


@console.route("/new", methods=["GET", "POST"])
@requires(FeedsPermission.WRITE)
@takes_files
def write() -> Answer:
    """A short post of its own; with `part` and `thing` in the address one that tells of that."""
    entry = _told_of()
    draft = draft_from(entry, tuple(targets_here(current_uow()))) if entry else None
    form = NewPostForm(data=begun(draft) if draft else {}, **_choices())
    return _write(form, entry, draft) or filled("feeds/write.html", form, entry=entry)


@console.get("/<uuid:post_id>")
@requires(FeedsPermission.WRITE)
def show(post_id: UUID) -> str:
    uow = current_uow()
    post, targets = queries.post_of(uow, post_id), every_target(uow)
    deliveries = queries.deliveries_shown(uow, post)
    about = {
        "state": state_of(post, uow.now),
        "targets": targets,
        "looks": looks_of(uow, post, [t for word, t in targets.items() if word in post.targets]),
        "deliveries": deliveries,
        "left_to_hands": {row.id for row in deliveries if can_take_over(row)},
        "needs_another": acts.needs_another(uow, post),
        "may_approve": may_approve(uow.principal, post),
    }
    return render_template("feeds/overview.html", post=post, **about)


@console.route("/<uuid:post_id>/text", methods=["GET", "POST"])
@requires(FeedsPermission.WRITE)
@takes_files
def edit(post_id: UUID) -> Answer:
    uow, post = current_uow(), _post(post_id)
    form = EditPostForm(data=shown(post), **_choices(post.targets))
    if form.validate_on_submit():
        draft, picture = form.draft(), form.chosen()
        try:
            acts.edit_post(
                uow, post, draft, expected_version=form.expected_version.data, picture=picture
            )
            return see_other("feeds_console.show", post_id=post_id, said="feeds.saved")
        except DomainError as refusal:
            _refuse(form, refusal)
            form.expected_version.data = post.version
    return filled("feeds/edit.html", form, post=post)


@console.post("/<uuid:post_id>/submit")
@requires(FeedsPermission.WRITE)
def submit(post_id: UUID) -> Response:
    post = _post(post_id)
    acts.submit_post(current_uow(), post, expected_version=seen_here())
    said = "sent" if post.approved_edition else "submitted"
    return see_other("feeds_console.show", post_id=post_id, said=f"feeds.{said}")


@console.post("/<uuid:post_id>/approve")
@requires(FeedsPermission.APPROVE)
def approve(post_id: UUID) -> Response:
    acts.approve_post(current_uow(), _post(post_id), expected_version=seen_here())
    return see_other("feeds_console.show", post_id=post_id, said="feeds.sent")


@console.post("/<uuid:post_id>/return")
@requires(FeedsPermission.WRITE)
def give_back(post_id: UUID) -> Response:
    acts.return_post(current_uow(), _post(post_id), expected_version=seen_here())
    return see_other("feeds_console.show", post_id=post_id, said="feeds.returned")


@console.post("/<uuid:post_id>/retry")
@requires(FeedsPermission.WRITE)
def retry(post_id: UUID) -> Response:
    retry_post(current_uow(), _post(post_id), expected_version=seen_here())
    return see_other("feeds_console.show", post_id=post_id, said="feeds.retried")


@console.get("/<uuid:post_id>/withdraw")
@requires(FeedsPermission.WRITE)
def ask_to_withdraw(post_id: UUID) -> str:
    uow, post = current_uow(), queries.post_of(current_uow(), post_id)
    targets = every_target(uow)
    stays = [t.title for word, t in targets.items() if word in post.targets and not t.can_withdraw]
    return render_template("feeds/withdraw.html", post=post, stays=stays)


@console.post("/<uuid:post_id>/withdraw")
@requires(FeedsPermission.WRITE)
def withdraw(post_id: UUID) -> Response:
    acts.withdraw_post(current_uow(), _post(post_id), expected_version=seen_here())
    return see_other("feeds_console.show", post_id=post_id, said="feeds.withdrawn")


def _told_of() -> SearchEntry | None:
    """Raises NoSuchThing."""
    part, thing = request.args.get("part"), request.args.get("thing")
    if not part or not thing:
        return None
    try:
        return queries.thing_of(current_uow(), part, UUID(thing))
    except ValueError:
        abort(404)


def _write(form: NewPostForm, entry: SearchEntry | None, told: acts.Draft | None) -> Answer | None:
    """None where the form is to be shown."""
    if not form.validate_on_submit():
        return None
    draft, thing = form.draft(), None
    if entry:
        thing = acts.Thing(part=entry.part, object_id=entry.object_id, path=entry.path)
    is_own = told is None or (draft.title, draft.summary) != (told.title, told.summary)
    request_id, picture = form.request_id.data, form.chosen()
    if entry and picture is None:
        picture = picture_from(current_uow(), entry)
    about: dict[str, Any] = {"thing": thing, "picture": picture, "is_own_words": is_own}
    try:
        post = acts.write_post(current_uow(), draft, request_id=request_id, **about)
    except DomainError as refusal:
        _refuse(form, refusal)
        return None
    return see_other("feeds_console.show", post_id=post.id, said="feeds.written")


def _choices(words: Iterable[str] = ()) -> dict[str, Any]:
    """Places and channels; `words` are of those that the post goes to already."""
    uow = current_uow()
    names = named_settlements(uow.scope.slug).values()
    places = [name[SOURCE] for name in names]
    return {"places": places, "targets": targets_for(uow, words)}


def _post(post_id: UUID) -> Post:
    return queries.post_of(current_uow(), post_id, to_change=request.method == "POST")


def _refuse(form: PostForm, refusal: DomainError) -> None:
    if isinstance(refusal, FileRefused):
        form.picture.errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
