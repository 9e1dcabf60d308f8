"""Public pages of the forum: discussions, writing in them, an author's own post, the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.forum.errors import DiscussionClosed, NoSuchForumPost
from obshto.modules.forum.forms import (
    DiscussionForm,
    ForumPostForm,
    PostCodeForm,
    page_words,
    put_refusal,
)
from obshto.modules.forum.models import ForumPost
from obshto.modules.forum.services import access_log, moderation, posts, queries
from obshto.modules.forum.services.codes import code_of, index_of
from obshto.modules.forum.services.rules import RULE_WORDS, SUBJECTS
from obshto.modules.forum.services.terms import days_here, due_of
from obshto.modules.forum.settings import ForumSettings
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.moderation.pages import FlaggedThing, appeal_page, flag_page
from obshto.platform.moderation.services import decision_on, decisions_on
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.pagination import SIZE, page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import settlements_here

citizen = Blueprint("forum_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    """What is not heard yet first, then the newest."""
    uow, names = current_uow(), settlements_here(current_uow())
    asked = {name: request.args.get(name, "") for name in ("subject", "settlement", "state")}
    chosen = queries.DiscussionFilter(
        list=asked["state"] if asked["state"] in queries.STATES else "",
        subject=asked["subject"] if asked["subject"] in SUBJECTS else "",
        settlement=asked["settlement"] if asked["settlement"] in names else "",
    )
    page = paginate(uow.session, queries.public(chosen), page_number())
    return render_template("forum/index.html", page=page, chosen=chosen, **page_words(uow, names))


@citizen.get("/rules")
@open_to_all
def rules() -> str:
    uow = current_uow()
    limits = settings_of(uow, queries.PART, ForumSettings)
    return render_template(
        "forum/rules.html", words=RULE_WORDS, limits=limits, **page_words(uow, {})
    )


@citizen.get("/<uuid:discussion_id>")
@open_to_all
def show(discussion_id: UUID) -> str:
    uow = current_uow()
    discussion = queries.public_discussion(uow, discussion_id)
    page = paginate(uow.session, queries.posts_of(discussion), page_number())
    hidden = [post.id for post in page.rows if post.hidden_at]
    due = due_of(discussion, days_here(uow))
    keep_until(next_midnight(uow.now) if due else None)  # a term passes then
    return render_template(
        "forum/show.html",
        discussion=discussion,
        page=page,
        due=due,
        today=day_of(uow.now),
        official=queries.official_posts(uow, discussion),
        decisions=decisions_on(uow, queries.PART, hidden),
        channels=CHANNELS,
        **page_words(uow),
    )


@citizen.route("/<uuid:discussion_id>/reply", methods=["GET", "POST"])
@open_to_all
def reply(discussion_id: UUID) -> Response:
    """A post. What comes too late stays in the form, with a new discussion as the way on."""
    uow = current_uow()
    discussion = queries.public_discussion(uow, discussion_id)
    form, is_closed = ForumPostForm(data=_known()), bool(discussion.closed_at)
    if form.validate_on_submit() and _passes(form):
        try:
            request_id = form.request_id.data
            post = posts.write_post(uow, discussion_id, form.said(), request_id=request_id)
            return _written(post)
        except DomainError as refusal:
            is_closed = isinstance(refusal, DiscussionClosed)
            put_refusal(form, refusal)
    shown = {"form": form, "discussion": discussion, "is_closed": is_closed}
    status = 409 if is_closed and request.method == "POST" else None
    return private_page("forum/reply.html", status=status, **shown, **page_words(uow))


@citizen.route("/new", methods=["GET", "POST"])
@open_to_all
def start() -> Response:
    """A new discussion; words that came too late elsewhere arrive in the form."""
    uow, names = current_uow(), settlements_here(current_uow())
    form = DiscussionForm(data=_known())
    form.offer(names)
    if "moved" in request.form:  # from a closed discussion: nothing is missing yet
        form.request_id.data = DiscussionForm().request_id.data
    elif form.validate_on_submit() and _passes(form):
        try:
            told, request_id = form.new_discussion(form.said()), form.request_id.data
            return _written(posts.start_discussion(uow, told, request_id=request_id))
        except DomainError as refusal:
            put_refusal(form, refusal)
    return private_page("forum/start.html", form=form, **page_words(uow, names))


@citizen.get("/sent")
@open_to_all
def sent() -> Response:
    """After writing without a profile."""
    return private_page("forum/sent.html")


@citizen.route("/<uuid:discussion_id>/follow", methods=["GET", "POST"])
@open_to_all
def follow(discussion_id: UUID) -> Response:
    """Told when something is said, at most once a day, and when the municipality answers."""
    found = queries.public_discussion(current_uow(), discussion_id)
    return follow_page(queries.followed(found), has_sms=True)


@citizen.route("/posts/<uuid:post_id>/report", methods=["GET", "POST"])
@open_to_all
def flag(post_id: UUID) -> Response:
    """Somebody says that a post breaks a rule."""
    uow = current_uow()
    post = queries.public_post(uow, post_id)
    thing = FlaggedThing(
        heading=gettext("Какво не е наред с мнение № %(number)s?", number=post.number),
        words=post.words,
        back_url=url_for(".show", discussion_id=post.discussion_id),
        is_hidden=bool(post.hidden_at),
    )

    def act(rule: str, request_id: UUID) -> None:
        moderation.flag_post(uow, post, rule, request_id=request_id)

    return flag_page(thing, act)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.posts_by(me), page_number())
    of = queries.discussions_by(uow, [post.discussion_id for post in page.rows])
    return private_page("forum/mine.html", page=page, of=of, **page_words(uow))


@citizen.route("/open", methods=["GET", "POST"])
@open_to_all
def open_by_code() -> Response:
    uow, form = current_uow(), PostCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.post_at(uow, code)
            return see_other(".post", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("forum/open.html", form=form)


@citizen.get("/post/<ref>")
@open_to_all
def post(ref: str) -> Response:
    """The author's own page: how far it is, why it is hidden, who looked."""
    uow = current_uow()
    found = queries.post_at(uow, ref)
    code = code_of(found.request_id)
    shown: dict[str, Any] = {
        "ref": ref,
        "post": found,
        "discussion": queries.discussion_of(uow, found.discussion_id),
        "decision": decision_on(uow, queries.PART, found.id),
        "code": grouped(code) if found.code_index == index_of(code) else "",
        "looks": access_log.looks_at(uow, found),
        "purposes": access_log.PURPOSES,
    }
    return private_page("forum/post.html", **shown, **page_words(uow))


@citizen.post("/post/<ref>/confirm")
@open_to_all
def confirm(ref: str) -> Response:
    """The button behind the letter's link: programs that open links press none."""
    uow = current_uow()
    found = queries.post_at(uow, ref)
    posts.confirm_post(uow, found)
    if found.published_at:
        return _to_post(found, "forum.written")
    return see_other(".post", ref=ref, said="forum.confirmed")


@citizen.route("/post/<ref>/appeal", methods=["GET", "POST"])
@open_to_all
def appeal(ref: str) -> Response:
    """Another person than who hid it decides."""
    uow = current_uow()
    found = queries.post_at(uow, ref)
    decision = decision_on(uow, queries.PART, found.id)
    return appeal_page(decision, own_page=url_for(".post", ref=ref))


def _written(post: ForumPost) -> Response:
    """Where it stands, or what its author has to do first."""
    if post.published_at:
        return _to_post(post, "forum.written")
    if post.person_id is None:
        return see_other(".sent")
    return see_other(".post", ref=post.id, said="forum.waits")


def _to_post(post: ForumPost, said: str) -> Response:
    if post.number is None:
        raise NoSuchForumPost
    page = (post.number - 1) // SIZE + 1
    more = {"page": page} if page > 1 else {}
    return see_other(
        ".show", discussion_id=post.discussion_id, said=said, _anchor=f"p{post.number}", **more
    )


def _known() -> dict[str, Any]:
    return {"author": current_principal().name if current_principal().is_known else ""}


def _passes(form: Any) -> bool:
    return current_principal().is_known or form.passes()
