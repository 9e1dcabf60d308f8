"""Staff pages of promises: the list, one promise, how it ended, what followed from what."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.promises.forms import (
    DropForm,
    FollowedForm,
    KeepForm,
    PromiseForm,
    first_days,
    shown_promise,
)
from obshto.modules.promises.permissions import PromisesPermission
from obshto.modules.promises.services import promises, queries
from obshto.modules.promises.services.page_context import list_words, promise_words
from obshto.modules.promises.services.things import found_things, thing_here, thing_words
from obshto.platform.errors import DomainError
from obshto.platform.thread.lines import kind_of
from obshto.platform.thread.links import link_things, unlink
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("promises_console", __name__)
Answer = str | tuple[str, int] | Response
KEEP = requires(PromisesPermission.KEEP)
FORM = ["GET", "POST"]


@console.get("/")
@requires(PromisesPermission.OVERSEE)
def index() -> str:
    uow, wanted = current_uow(), queries.filter_of(request.args)
    return render_template("promises/console.html", **list_words(uow, wanted, page_number()))


@console.route("/new", methods=FORM)
@KEEP
def new() -> Answer:
    return _new(None)


@console.route("/things/<part>/<uuid:object_id>/promise", methods=FORM)
@KEEP
def promise_after(part: str, object_id: UUID) -> Answer:
    """A promise that a public thing led to."""
    return _new((part, object_id))


@console.route("/<uuid:promise_id>", methods=FORM)
@KEEP
def edit(promise_id: UUID) -> Answer:
    uow = current_uow()
    found = promises.promise_of(uow, promise_id, to_change=request.method == "POST")
    form = PromiseForm(data=shown_promise(found))
    form.offer(queries.settlement_names(uow))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            promises.change_promise(uow, found, form.said(), expected_version=version)
            return see_other(".edit", promise_id=promise_id, said="promises.changed")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("promises/edit.html", form, **promise_words(uow, found))


@console.route("/<uuid:promise_id>/keep", methods=FORM)
@KEEP
def keep(promise_id: UUID) -> Answer:
    uow, form = current_uow(), KeepForm()
    found = promises.promise_of(uow, promise_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            told = {"kept_on": form.ended_on.data, "expected_version": form.expected_version.data}
            promises.keep_promise(uow, found, form.outcome.data.strip(), **told)
            return see_other(".edit", promise_id=promise_id, said="promises.kept")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("promises/keep.html", form, promise=found)


@console.route("/<uuid:promise_id>/drop", methods=FORM)
@KEEP
def drop(promise_id: UUID) -> Answer:
    uow, form = current_uow(), DropForm()
    found = promises.promise_of(uow, promise_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            told = {"dropped_on": form.ended_on.data}
            told |= {"expected_version": form.expected_version.data}
            promises.drop_promise(uow, found, form.reason.data.strip(), **told)
            return see_other(".edit", promise_id=promise_id, said="promises.dropped")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("promises/drop.html", form, promise=found)


@console.post("/<uuid:promise_id>/reopen")
@KEEP
def reopen(promise_id: UUID) -> Response:
    uow, version = current_uow(), seen_here()
    found = promises.promise_of(uow, promise_id, to_change=True)
    promises.reopen_promise(uow, found, expected_version=version)
    return see_other(".edit", promise_id=promise_id, said="promises.reopened")


@console.get("/things")
@KEEP
def things() -> str:
    """All that is published, to say what followed from it."""
    uow, typed = current_uow(), request.args.get("q", "").strip()[:80]
    page = paginate(uow.session, found_things(uow, typed), page_number())
    return render_template("promises/things.html", page=page, typed=typed, kind_of=kind_of)


@console.get("/things/<part>/<uuid:object_id>")
@KEEP
def thing(part: str, object_id: UUID) -> str:
    """The line of one thing; what followed is found by its title and linked by a press."""
    uow, typed = current_uow(), request.args.get("q", "").strip()[:80]
    words = thing_words(uow, part, object_id, typed)
    return render_template("promises/thing.html", typed=typed, form=FollowedForm(), **words)


@console.post("/things/<part>/<uuid:object_id>/followed/<then>/<uuid:then_id>")
@KEEP
def follow(part: str, object_id: UUID, then: str, then_id: UUID) -> Answer:
    uow, form = current_uow(), FollowedForm()
    at = {"part": part, "object_id": object_id}
    if not form.validate():
        words = thing_words(uow, part, object_id, "")
        return filled("promises/thing.html", form, typed="", **words)
    link_things(uow, (part, object_id), (then, then_id), request_id=form.request_id.data)
    return see_other(".thing", said="promises.linked", **at)


@console.post("/things/<part>/<uuid:object_id>/links/<uuid:link_id>/remove")
@KEEP
def unfollow(part: str, object_id: UUID, link_id: UUID) -> Response:
    uow, version = current_uow(), seen_here()
    thing_here(uow, part, object_id)
    unlink(uow, link_id, expected_version=version)
    return see_other(".thing", part=part, object_id=object_id, said="promises.unlinked")


def _new(after: tuple[str, UUID] | None) -> Answer:
    uow, form = current_uow(), PromiseForm(data=first_days())
    form.offer(queries.settlement_names(uow))
    words = thing_words(uow, *after, "") if after else {"thing": None}
    if form.validate_on_submit():
        once = form.request_id.data
        made = promises.give_promise(uow, form.said(), after=after, request_id=once)
        return see_other(".edit", promise_id=made.id, said="promises.given")
    back = url_for(".thing", part=after[0], object_id=after[1]) if after else url_for(".index")
    return filled("promises/new.html", form, back_to=back, **words)
