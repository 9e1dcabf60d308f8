"""Staff pages of the forum: the queue, one discussion and what is done with it, moderation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.forum.forms import (
    AnswerForm,
    DiscussionWordsForm,
    HidePostForm,
    PostLookForm,
    ReplyEntryForm,
    StartEntryForm,
    page_words,
    put_refusal,
)
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.permissions import ForumPermission
from obshto.modules.forum.services import (
    access_log,
    discussions,
    moderation,
    posts,
    queries,
)
from obshto.modules.forum.services import (
    announcements as calls,
)
from obshto.modules.forum.services.codes import code_of
from obshto.modules.forum.services.overview import discussed
from obshto.modules.forum.services.rules import READY_TEXTS, SUBJECTS
from obshto.modules.forum.services.terms import days_here, due_of
from obshto.modules.forum.settings import ForumSettings
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.cases.forms import DepartmentAssignForm, TransferForm
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.moderation.flags import flags_on
from obshto.platform.moderation.services import decision_on
from obshto.platform.modularity.departments import departments_here
from obshto.platform.settings.ready_texts import ready_texts_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import Names, people_who_may, settlements_here

console = Blueprint("forum_console", __name__)
Answer = str | tuple[str, int] | Response
HANDLE, MODERATE = ForumPermission.HANDLE, ForumPermission.MODERATE


@console.get("/")
@requires(HANDLE)
def index() -> str:
    uow, names = current_uow(), settlements_here(current_uow())
    wanted = _wanted(names)
    numbers = queries.counts(uow, wanted)
    rows = queries.queue(uow, wanted)
    page = paginate(uow.session, rows, page_number(), total=numbers[wanted.list])
    kept = {name: getattr(wanted, name) for name in ("subject", "settlement", "department")}
    shown = {"page": page, "wanted": wanted, "counts": numbers}
    shown["departments"] = queries.departments_of(uow)
    shown |= {"days": days_here(uow), "due_of": due_of, "today": day_of(uow.now)}
    return render_template(
        "forum/queue.html",
        kept={name: value for name, value in kept.items() if value},
        **shown,
        **page_words(uow, names),
    )


@console.get("/overview")
@requires(ForumPermission.OVERSEE)
def overview() -> str:
    """What people discuss, by settlement and subject; nobody's name."""
    uow = current_uow()
    return render_template("forum/overview.html", rows=discussed(uow), **page_words(uow))


@console.get("/posts")
@requires(MODERATE)
def checks() -> str:
    """Posts for a moderator: flagged, held for their links, hidden."""
    uow, chosen = current_uow(), request.args.get("list", "flagged")
    if chosen not in queries.CHECKS:
        abort(404)
    numbers = queries.check_counts(uow)
    rows = queries.to_check(chosen)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    of = queries.discussions_by(uow, [post.discussion_id for post in page.rows])
    flags = flags_on(uow, queries.PART, [post.id for post in page.rows])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "of": of, "flags": flags}
    return render_template("forum/checks.html", **shown, **page_words(uow))


@console.route("/enter", methods=["GET", "POST"])
@requires(HANDLE)
def enter() -> Answer:
    """A new discussion for somebody at the counter or on the phone."""
    uow, form = current_uow(), StartEntryForm()
    names = settlements_here(uow)
    form.offer(names)
    if form.validate_on_submit():
        try:
            told = form.new_discussion(form.said(channel=form.channel.data))
            post = posts.start_discussion(uow, told, request_id=form.request_id.data)
            return see_other(".slip", post_id=post.id, said="forum.entered")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return filled("forum/enter.html", form, discussion=None, **page_words(uow, names))


@console.route("/<uuid:discussion_id>/enter", methods=["GET", "POST"])
@requires(HANDLE)
def enter_reply(discussion_id: UUID) -> Answer:
    """A post for somebody at the counter or on the phone."""
    uow, form = current_uow(), ReplyEntryForm()
    found = queries.public_discussion(uow, discussion_id)
    if form.validate_on_submit():
        try:
            said, request_id = form.said(channel=form.channel.data), form.request_id.data
            post = posts.write_post(uow, discussion_id, said, request_id=request_id)
            return see_other(".slip", post_id=post.id, said="forum.entered")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return filled("forum/enter.html", form, discussion=found, **page_words(uow))


@console.get("/posts/<uuid:post_id>/slip")
@requires(HANDLE)
def slip(post_id: UUID) -> str:
    """The code, to be read out or printed for the person; only for who entered it."""
    post = queries.post_of(current_uow(), post_id)
    if post.entered_by_id != current_principal().person_id or post.code_index is None:
        abort(404)
    code = grouped(code_of(post.request_id))
    return render_template("forum/slip.html", post=post, code=code)


@console.get("/<uuid:discussion_id>")
@requires(HANDLE)
def discussion(discussion_id: UUID) -> str:
    """One discussion without names, the latest first, and what can be done with it."""
    uow = current_uow()
    found = queries.discussion_of(uow, discussion_id)
    latest = queries.posts_of(found).options(*queries.UNSHOWN).order_by(None)
    page = paginate(uow.session, latest.order_by(ForumPost.number.desc()), page_number())
    return render_template(
        "forum/desk.html",
        due=due_of(found, days_here(uow)),
        today=day_of(uow.now),
        discussion=found,
        page=page,
        channels=CHANNELS,
        can_transfer=bool(discussions.ways_here()) and not found.successor_path,
        can_moderate=current_principal().may(MODERATE),
        **page_words(uow),
    )


@console.route("/<uuid:discussion_id>/answer", methods=["GET", "POST"])
@requires(HANDLE)
def answer(discussion_id: UUID) -> Answer:
    """Say something for the municipality."""
    uow, form, found = current_uow(), AnswerForm(), _to_change(discussion_id)
    if form.validate_on_submit():
        words = form.words.data.strip()
        posts.answer_discussion(uow, found, words, request_id=form.request_id.data)
        return _back_to(discussion_id, "forum.answered")
    ready = ready_texts_of(uow, "forum", ForumSettings, READY_TEXTS)
    return filled("forum/answer.html", form, discussion=found, ready=ready)


@console.route("/<uuid:discussion_id>/decided", methods=["GET", "POST"])
@requires(HANDLE)
def decided(discussion_id: UUID) -> Answer:
    """What was decided, for the top of the page."""
    uow, found = current_uow(), _to_change(discussion_id)
    form = DiscussionWordsForm(label=gettext("Какво се реши?"), data={"words": found.decided})

    def act(version: int) -> None:
        discussions.decide(uow, found, form.said(), expected_version=version)

    return _acted(found, form, "decided", act, "forum.decided")


@console.route("/<uuid:discussion_id>/close", methods=["GET", "POST"])
@requires(HANDLE)
def close(discussion_id: UUID) -> Answer:
    uow, found = current_uow(), _to_change(discussion_id)
    form = DiscussionWordsForm(label=gettext("Защо затваряте разговора?"))

    def act(version: int) -> None:
        discussions.shut(uow, found, form.said(), expected_version=version)

    return _acted(found, form, "close", act, "forum.closed")


@console.route("/<uuid:discussion_id>/hand-over", methods=["GET", "POST"])
@requires(HANDLE)
def hand_over(discussion_id: UUID) -> Answer:
    """Another department answers, or one colleague of it."""
    uow = current_uow()
    people = people_who_may(uow, HANDLE)  # asks elsewhere: before the lock
    found = _to_change(discussion_id)
    now = {"department": found.department, "to": str(found.assignee_id or "")}
    form = DepartmentAssignForm(data=now)
    form.offer(departments_here(uow), people)

    def act(version: int) -> None:
        to = UUID(form.to.data) if form.to.data else None
        name, department = people[to] if to else "", form.department.data
        discussions.hand_over(
            uow, found, department=department, to=to, name=name, expected_version=version
        )

    return _acted(found, form, "hand_over", act, "forum.handed-over")


@console.post("/<uuid:discussion_id>/settle")
@requires(HANDLE)
def settle(discussion_id: UUID) -> Response:
    """What was said last needs no answer."""
    found, version = _to_change(discussion_id), seen_here()
    discussions.settle(current_uow(), found, expected_version=version)
    return _back_to(discussion_id, "forum.settled")


@console.post("/<uuid:discussion_id>/reopen")
@requires(HANDLE)
def reopen(discussion_id: UUID) -> Response:
    found, version = _to_change(discussion_id), seen_here()
    discussions.reopen(current_uow(), found, expected_version=version)
    return _back_to(discussion_id, "forum.reopened")


@console.route("/<uuid:discussion_id>/transfer", methods=["GET", "POST"])
@requires(HANDLE)
def transfer(discussion_id: UUID) -> Answer:
    """It becomes a proposal or a report, and stays linked with it."""
    uow, found = current_uow(), _to_change(discussion_id)
    ways, first = discussions.ways_here(), _first_post(found)
    text = _usable(first).words[:1_200] if first else ""
    form = TransferForm(data={"title": found.title, "text": text})
    form.offer(discussions.WAYS, {way: desk.kinds(uow) for way, desk in ways.items()})
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            discussions.transfer(uow, found, form.transfer(), request_id=request_id)
            return _back_to(discussion_id, "forum.transferred")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return filled("forum/transfer.html", form, discussion=found, ways=ways)


@console.get("/posts/<uuid:post_id>")
@requires(MODERATE)
def post(post_id: UUID) -> str:
    return _post_desk(queries.post_of(current_uow(), post_id), PostLookForm())


@console.post("/posts/<uuid:post_id>/look")
@requires(MODERATE)
def look(post_id: UUID) -> Answer:
    """Who the author is and what is hidden, for a purpose that they will read."""
    uow, form = current_uow(), PostLookForm()
    found = queries.post_of(uow, post_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        access_log.look_at_author(uow, found, form.purpose.data, request_id=key, reason=reason)
        return see_other(".post", post_id=post_id, said="forum.looked")
    return _post_desk(found, form), 422


@console.route("/posts/<uuid:post_id>/hide", methods=["GET", "POST"])
@requires(MODERATE)
def hide(post_id: UUID) -> Answer:
    uow, form = current_uow(), HidePostForm()
    found = queries.post_of(uow, post_id)
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            moderation.hide_post(uow, found, form.reason(), request_id=request_id)
            return see_other(".post", post_id=post_id, said="forum.hidden")
        except DomainError as refusal:
            put_refusal(form, refusal)
    of = queries.discussion_of(uow, found.discussion_id)
    return filled("forum/hide.html", form, post=found, discussion=of)


@console.post("/posts/<uuid:post_id>/release")
@requires(MODERATE)
def release(post_id: UUID) -> Response:
    """A moderator finds nothing against it. Showing what was hidden is a look at it."""
    uow = current_uow()
    found = queries.post_of(uow, post_id)
    if found.hidden_at:
        access_log.look_at_author(uow, found, "moderate", request_id=uuid4())
    moderation.release_post(uow, found, expected_version=seen_here())
    return see_other(".post", post_id=post_id, said="forum.released")


@console.get("/announcements")
@requires(HANDLE)
def announcements() -> str:
    """Authors to be rung: neither a letter nor an SMS gets to them."""
    uow = current_uow()
    page = paginate(uow.session, calls.owed(), page_number())
    of = queries.discussions_by(uow, [post.discussion_id for post in page.rows])
    return render_template("forum/announcements.html", page=page, of=of, **page_words(uow, {}))


@console.get("/posts/<uuid:post_id>/announcement")
@requires(HANDLE)
def announcement(post_id: UUID) -> str:
    """What to say to one author; who it is opens for that purpose."""
    uow = current_uow()
    found = queries.post_of(uow, post_id)
    return render_template(
        "forum/announcement.html",
        post=found,
        discussion=queries.discussion_of(uow, found.discussion_id),
        restricted=access_log.restricted(uow, found),
        look_form=PostLookForm(formdata=None, data={"purpose": "contact"}),
        sees_author=access_log.sees_author(uow, found),
        **page_words(uow, {}),
    )


@console.post("/posts/<uuid:post_id>/announcement/author")
@requires(HANDLE)
def open_author(post_id: UUID) -> Response:
    """The name and the phone, while something is to be said to them."""
    uow, form = current_uow(), PostLookForm()
    found = queries.post_of(uow, post_id)
    if not form.validate_on_submit() or not found.to_announce:
        abort(400)
    _usable(found)
    access_log.look_at_author(uow, found, "contact", request_id=form.request_id.data)
    return see_other(".announcement", post_id=post_id, said="forum.looked")


@console.post("/posts/<uuid:post_id>/announce")
@requires(HANDLE)
def announce(post_id: UUID) -> Response:
    """The author was told what waited."""
    found = _usable(queries.post_of(current_uow(), post_id, to_change=True))
    calls.announce(current_uow(), found, expected_version=seen_here())
    return see_other(".announcements", said="forum.announced")


def _wanted(names: Names) -> queries.DiscussionFilter:
    chosen = request.args.get("list", "waiting")
    if chosen not in queries.LISTS:
        abort(404)
    subject, settlement = request.args.get("subject", ""), request.args.get("settlement", "")
    return queries.DiscussionFilter(
        list=chosen,
        subject=subject if subject in SUBJECTS else "",
        settlement=settlement if settlement in names else "",
        department=request.args.get("department", "")[:120],
    )


def _acted(
    found: Discussion, form: Any, name: str, act: Callable[[int], None], said: str
) -> Answer:
    if form.validate_on_submit():
        try:
            act(form.expected_version.data)
            return _back_to(found.id, said)
        except DomainError as refusal:
            put_refusal(form, refusal, found)
    show_version(form, found)
    return filled(f"forum/{name}.html", form, discussion=found)


def _to_change(discussion_id: UUID) -> Discussion:
    """Locked until the request ends, where something is sent."""
    return queries.discussion_of(current_uow(), discussion_id, to_change=request.method == "POST")


def _back_to(discussion_id: UUID, said: str) -> Response:
    return see_other(".discussion", discussion_id=discussion_id, said=said)


def _first_post(found: Discussion) -> ForumPost | None:
    rows = queries.posts_of(found).options(*queries.UNSHOWN).limit(1)
    return current_uow().session.scalars(rows).first()


def _usable(found: ForumPost) -> ForumPost:
    """Raises DataRestricted. Moderation never asks: it protects others (art. 18(2))."""
    if refusal := access_log.restricted(current_uow(), found):
        raise refusal
    return found


def _post_desk(found: ForumPost, form: PostLookForm) -> str:
    uow = current_uow()
    return render_template(
        "forum/check.html",
        post=found,
        discussion=queries.discussion_of(uow, found.discussion_id),
        decision=decision_on(uow, queries.PART, found.id) if found.hidden_at else None,
        flags=flags_on(uow, queries.PART, [found.id]).get(found.id, {}),
        look_form=form,
        restricted=access_log.restricted(uow, found),
        sees_author=access_log.sees_author(uow, found),
        looks=access_log.looks_at(uow, found),
        purposes=access_log.PURPOSES,
        channel=CHANNELS[found.channel],
        **page_words(uow),
    )
