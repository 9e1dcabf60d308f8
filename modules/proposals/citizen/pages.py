"""Public pages of proposals: the list, one of them, making one, what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.proposals.citizen.blueprint import citizen, hidden_page
from obshto.modules.proposals.errors import NoSuchProposal
from obshto.modules.proposals.forms.proposal import (
    ImproveForm,
    MakeForm,
    OpenForm,
    page_words,
    put_refusal,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services import (
    access_log,
    coauthors,
    merges,
    queries,
    submission,
    supports,
)
from obshto.modules.proposals.services.codes import code_of, index_of
from obshto.modules.proposals.services.ladder import ladder_of, term_of, thresholds_for
from obshto.modules.proposals.services.moderation import flag_proposal
from obshto.modules.proposals.services.questions import (
    MOST_SHOWN,
    questions_by,
    questions_shown,
)
from obshto.modules.proposals.services.states import COLLECTING, OPEN, STATES, UNDER_WAY
from obshto.modules.proposals.services.subjects import SUBJECTS
from obshto.modules.proposals.services.version_moderation import decided_versions
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.legal.terms import LAW
from obshto.platform.moderation.pages import FlaggedThing, appeal_page, flag_page
from obshto.platform.moderation.services import decision_on
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.services import file_of
from obshto.platform.support.forms import PressForm, SupportMailForm
from obshto.platform.support.letters import ask_to_support, opened_support_link
from obshto.platform.support.services import Supporter, counts_of, is_supported_by
from obshto.platform.thread.lines import line_of
from obshto.platform.village_map import picker_map
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here, show_version
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import Names, account_supporter, settlements_here, villages_here


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, names = current_uow(), settlements_here(current_uow())
    asked = {name: request.args.get(name, "") for name in ("subject", "settlement", "state")}
    chosen = {
        "subject": asked["subject"] if asked["subject"] in SUBJECTS else "",
        "settlement": asked["settlement"] if asked["settlement"] in names else "",
        "state": asked["state"] if asked["state"] in ("open", "done") else "",
    }
    page = paginate(uow.session, queries.public(**chosen), page_number())
    supported = counts_of(uow, queries.PART, [row.id for row in page.rows])
    return render_template(
        "proposals/index.html", page=page, supported=supported, **chosen, **page_words(uow, names)
    )


@citizen.get("/outcomes")
@open_to_all
def outcomes() -> Response:
    """Posters and letters of before lead here; all parts have one page now."""
    return redirect(url_for("tenants_portal.outcomes", kind="proposal"), 301, Response)


@citizen.get("/<uuid:proposal_id>")
@open_to_all
def show(proposal_id: UUID) -> str | Response:
    """What everybody sees; of a hidden one by which rule and why; a merged one leads on."""
    uow = current_uow()
    try:
        proposal = queries.public_proposal(uow, proposal_id)
    except NoSuchProposal:
        return hidden_page(proposal_id)
    if proposal.id != proposal_id:
        return see_other(".show", proposal_id=proposal.id, said="proposals.merged-here")
    thread = line_of(uow, queries.PART, proposal.id)
    return render_template("proposals/show.html", thread=thread, **_shown(proposal))


@citizen.get("/<uuid:proposal_id>/picture")
@open_to_all
def picture(proposal_id: UUID) -> Response:
    proposal = queries.public_proposal(current_uow(), proposal_id, as_it_was=True)
    return _sent(proposal.picture_id if proposal.shows_picture else None)


@citizen.get("/<uuid:proposal_id>/result")
@open_to_all
def outcome_picture(proposal_id: UUID) -> Response:
    return _sent(queries.public_proposal(current_uow(), proposal_id).outcome_picture_id)


@citizen.route("/<uuid:proposal_id>/support", methods=["GET", "POST"])
@open_to_all
def support(proposal_id: UUID) -> Response:
    """One press for an account; for others a letter whose link is the press."""
    uow, me = current_uow(), current_principal().person_id
    proposal = queries.public_proposal(uow, proposal_id)
    form: Any = PressForm() if me else SupportMailForm()
    is_open = proposal.state in OPEN
    if is_open and form.validate_on_submit() and (me or form.passes()):
        try:
            if me is None:
                thing = supports.supportable(proposal)
                ask_to_support(uow, thing, form.email.data, language=current_language())
                return see_other(".asked", proposal_id=proposal_id)
            supporter = account_supporter(uow, me, language=current_language())
            request_id = form.request_id.data
            supports.support_proposal(uow, proposal_id, supporter, request_id=request_id)
            return see_other(".show", proposal_id=proposal_id, said="proposals.supported")
        except DomainError as refusal:
            put_refusal(form, refusal)
    status = _late(takes=is_open)
    return private_page("proposals/support.html", form=form, status=status, **_shown(proposal))


@citizen.post("/<uuid:proposal_id>/support/withdraw")
@signed_in
def withdraw_support(proposal_id: UUID) -> Response:
    uow, form = current_uow(), PressForm()
    me = current_principal().person_id or abort(403)
    queries.public_proposal(uow, proposal_id)
    if not form.validate_on_submit():
        abort(400)
    supporter = account_supporter(uow, me, language=current_language())
    supports.take_support_back(uow, proposal_id, supporter, request_id=form.request_id.data)
    return see_other(".show", proposal_id=proposal_id, said="proposals.unsupported")


@citizen.get("/<uuid:proposal_id>/asked")
@open_to_all
def asked(proposal_id: UUID) -> str:
    proposal = queries.public_proposal(current_uow(), proposal_id)
    there = url_for(".show", proposal_id=proposal.id)
    press = gettext("Подкрепете предложението")
    return render_template("support/asked.html", back_url=there, press=press)


@citizen.route("/support/<token>", methods=["GET", "POST"])
@open_to_all
def support_by_letter(token: str) -> Response:
    """Behind the link of a letter; nothing happens by opening it."""
    uow, form = current_uow(), PressForm()
    link = opened_support_link(uow, queries.PART, token)
    proposal = queries.public_proposal(uow, link.object_id)
    if form.validate_on_submit():
        try:
            supports.confirm_support(uow, link, request_id=form.request_id.data)
            return see_other(".support_by_letter", token=token, said="proposals.supported")
        except DomainError as refusal:
            put_refusal(form, refusal)
    shown = _shown(proposal) | {"is_supporter": _supports(proposal, link.supporter)}
    return private_page("proposals/by_letter.html", form=form, token=token, link=link, **shown)


@citizen.post("/support/<token>/withdraw")
@open_to_all
def withdraw_by_letter(token: str) -> Response:
    uow, form = current_uow(), PressForm()
    link = opened_support_link(uow, queries.PART, token)
    if not form.validate_on_submit():
        abort(400)
    request_id = form.request_id.data
    supports.take_support_back(uow, link.object_id, link.supporter, request_id=request_id)
    return see_other(".support_by_letter", token=token, said="proposals.unsupported")


@citizen.route("/<uuid:proposal_id>/follow", methods=["GET", "POST"])
@open_to_all
def follow(proposal_id: UUID) -> Response:
    """Letters or SMS about what happens to it."""
    found = queries.public_proposal(current_uow(), proposal_id)
    return follow_page(queries.followed(found), has_sms=True)


@citizen.route("/<uuid:proposal_id>/flag", methods=["GET", "POST"])
@open_to_all
def flag(proposal_id: UUID) -> Response:
    """Somebody says that it breaks a rule; what was merged is read and flagged as it was."""
    uow = current_uow()
    found = queries.public_proposal(uow, proposal_id, as_it_was=True)
    page = ".versions" if found.merged_into else ".show"
    thing = FlaggedThing(
        heading=gettext("Какво не е наред с предложение %(number)s?", number=found.number),
        words=f"{found.title}\n{found.text}",
        back_url=url_for(page, proposal_id=proposal_id),
    )

    def act(rule: str, request_id: UUID) -> None:
        locked = queries.proposal_of(uow, proposal_id, to_change=True)
        flag_proposal(uow, locked, rule, request_id=request_id)

    return flag_page(thing, act)


@citizen.get("/new")
@open_to_all
def choose() -> str:
    """What about and where; the answers go on in the address, so this works without JavaScript."""
    return render_template("proposals/choose.html", **page_words(current_uow()))


@citizen.route("/new/write", methods=["GET", "POST"])
@open_to_all
@takes_files
def write() -> Response:
    """The form, below what others have proposed of the same already."""
    uow = current_uow()
    asked, names = _chosen(request.args), settlements_here(uow)
    if not _is_chosen(asked, names):
        return _to_choose(asked, names, is_missing=bool(request.args))
    form = MakeForm(data={"title": asked["title"]})
    form.settlement = asked["settlement"]
    if form.validate_on_submit() and form.passes(current_principal().person_id):
        try:
            sender = form.sender(asked["subject"], asked["settlement"])
            request_id = form.request_id.data
            words, picture = form.words(), form.stream()
            proposal = submission.send_proposal(
                uow, words, sender, request_id=request_id, picture=picture
            )
            return see_other(".case", ref=_ref(proposal), said="proposals.sent")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return private_page("proposals/write.html", **_to_write(form, asked, names))


@citizen.post("/new/moved")
@open_to_all
def moved() -> Response:
    """Words that came too late elsewhere: first what about and where, then the form with them."""
    asked, names = _chosen(request.form), settlements_here(current_uow())
    words = request.form.get("words") or request.form.get("text", "")
    carried = {"text": words[:2_000], "email": request.form.get("email", "")[:120]}
    if not _is_chosen(asked, names):
        return _to_choose(asked, names, is_missing="subject" in request.form, **carried)
    form = MakeForm(formdata=None, data=asked | carried)
    shown = _to_write(form, asked, names)
    return private_page("proposals/write.html", is_moved=True, **shown)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, coauthors.written_by(me), page_number())
    shown: dict[str, Any] = {
        "supported": counts_of(uow, queries.PART, [row.id for row in page.rows]),
        "asked": uow.session.scalars(questions_by(me).limit(MOST_SHOWN)).all(),
    }
    return private_page("proposals/mine.html", page=page, **shown, **page_words(current_uow()))


@citizen.route("/open", methods=["GET", "POST"])
@open_to_all
def open_by_code() -> Response:
    uow, form = current_uow(), OpenForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.proposal_by_number(uow, form.number.data, code)
            return see_other(".case", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("proposals/open.html", form=form)


@citizen.get("/case/<ref>")
@open_to_all
def case(ref: str) -> Response:
    """The author's own page."""
    proposal = coauthors.written_at(current_uow(), ref)
    return private_page("proposals/case.html", **_own(ref, proposal))


@citizen.get("/case/<ref>/picture")
@open_to_all
def own_picture(ref: str) -> Response:
    g.is_personal = True
    return _sent(coauthors.written_at(current_uow(), ref).picture_id)


@citizen.route("/case/<ref>/improve", methods=["GET", "POST"])
@open_to_all
@takes_files
def improve(ref: str) -> Response:
    """Other words, while it collects support. What comes too late may become a new proposal."""
    uow = current_uow()
    proposal = coauthors.written_at(uow, ref, to_change=request.method == "POST")
    form = ImproveForm(obj=proposal)
    if form.validate_on_submit():
        try:
            submission.improve_proposal(
                uow,
                proposal,
                form.words(),
                expected_version=form.expected_version.data,
                picture=form.stream(),
            )
            return see_other(".case", ref=ref, said="proposals.improved")
        except DomainError as refusal:
            put_refusal(form, refusal, proposal)
    show_version(form, proposal)
    shown: dict[str, Any] = {"ref": ref, "proposal": proposal, "states": STATES}
    shown["status"] = _late(takes=proposal.state == COLLECTING)
    return private_page("proposals/improve.html", form=form, **shown)


@citizen.post("/case/<ref>/hand-in")
@open_to_all
def hand_in(ref: str) -> Response:
    uow = current_uow()
    proposal = queries.proposal_at(uow, ref, to_change=True)
    submission.hand_in(uow, proposal, expected_version=seen_here())
    return see_other(".case", ref=ref, said="proposals.handed-in")


@citizen.route("/case/<ref>/appeal", methods=["GET", "POST"])
@open_to_all
def appeal(ref: str) -> Response:
    """Another person than who hid it decides."""
    proposal = queries.proposal_at(current_uow(), ref)
    decision = decision_on(current_uow(), queries.PART, proposal.id)
    return appeal_page(decision, own_page=url_for(".case", ref=ref))


@citizen.route("/case/<ref>/withdraw", methods=["GET", "POST"])
@open_to_all
def withdraw(ref: str) -> Response:
    uow = current_uow()
    proposal = queries.proposal_at(uow, ref, to_change=request.method == "POST")
    if request.method == "POST":
        submission.withdraw_proposal(uow, proposal, expected_version=seen_here())
        return see_other(".case", ref=ref, said="proposals.withdrawn")
    return private_page("proposals/withdraw.html", ref=ref, proposal=proposal)


def _late(*, takes: bool) -> int | None:
    """409 where something is sent to what takes nothing any more."""
    return 409 if request.method == "POST" and not takes else None


def _chosen(told: Mapping[str, str]) -> dict[str, str]:
    return {name: told.get(name, "")[:120] for name in ("subject", "settlement", "title")}


def _is_chosen(asked: dict[str, str], names: Names) -> bool:
    return asked["subject"] in SUBJECTS and (
        not asked["settlement"] or asked["settlement"] in names
    )


def _to_choose(
    asked: dict[str, str], names: Names, *, is_missing: bool, **carried: str
) -> Response:
    shown = page_words(current_uow(), names) | asked | carried | {"is_missing": is_missing}
    return private_page("proposals/choose.html", status=422 if is_missing else 200, **shown)


def _to_write(form: MakeForm, asked: dict[str, str], names: Names) -> dict[str, Any]:
    """The form, and above it what is alike."""
    uow, settlement = current_uow(), asked["settlement"]
    title = form.title.data or asked["title"]
    alike = queries.alike(uow, title, subject=asked["subject"], settlement=settlement)
    return {
        "form": form,
        "alike": alike,
        "supported": counts_of(uow, queries.PART, [row.id for row in alike]),
        "needs": thresholds_for(uow, settlement),
        "chart": picker_map(villages_here(uow, current_language())),
        **page_words(uow, names),
        **asked,
    }


def _shown(proposal: CitizenProposal) -> dict[str, Any]:
    uow, me = current_uow(), current_principal().person_id
    is_open = proposal.state in OPEN
    merged = merges.merged_with(uow, proposal)
    g.is_personal = is_open  # it has a form of its own, and says whether the reader supports it
    return {
        "proposal": proposal,
        "supported": counts_of(uow, queries.PART, [proposal.id])[proposal.id],
        "ladder": ladder_of(uow, proposal),
        "term": term_of(proposal),
        "law": LAW,
        "lines": queries.lines_of(uow, proposal),
        "coauthors": coauthors.coauthors_of(uow, proposal),
        "merged": merged,
        **questions_shown(uow, proposal, merged),
        "is_open": is_open,
        "is_late": _is_late(proposal),
        "is_supporter": bool(me) and is_open and _supports(proposal, Supporter(person_id=me)),
        "press": PressForm() if me and is_open else None,
        **page_words(current_uow()),
    }


def _supports(proposal: CitizenProposal, supporter: Supporter) -> bool:
    return is_supported_by(current_uow(), queries.PART, proposal.id, supporter)


def _own(ref: str, proposal: CitizenProposal) -> dict[str, Any]:
    uow, code = current_uow(), code_of(proposal.request_id)
    along = coauthors.is_coauthor(uow, proposal)
    is_coded = proposal.code_index == index_of(code) and not along
    return _shown(proposal) | {
        "ref": ref,
        "code": grouped(code) if is_coded else "",
        "is_coauthor": along,
        "channel": CHANNELS[proposal.channel],
        "answer_at": lambda row: url_for(".author_answer", ref=ref, question_id=row.id),
        "is_collecting": proposal.state == COLLECTING,
        "lines": [line for line in queries.lines_of(uow, proposal) if not line.is_internal],
        "looks": access_log.looks_at(uow, proposal),
        "decision": decision_on(uow, queries.PART, proposal.id) if proposal.hidden_at else None,
        "put_away": decided_versions(uow, proposal),
        "purposes": access_log.PURPOSES,
        "waiting": merges.waiting_merges(uow, proposal) if proposal.state in OPEN else (),
        "has_agreed": merges.has_agreed,
    }


def _is_late(proposal: CitizenProposal) -> bool:
    today = day_of(current_uow().now)
    return bool(proposal.state in UNDER_WAY and proposal.due_on and proposal.due_on < today)


def _sent(file_id: UUID | None) -> Response:
    if file_id is None:
        raise NoSuchFile
    uow = current_uow()
    return send_file(uow, file_of(uow, file_id))


def _ref(proposal: CitizenProposal) -> str:
    """Its place in the account, or its code."""
    return str(proposal.id) if proposal.person_id else code_of(proposal.request_id)
