"""Pages for people: who looked, why; requests with and without an account; consents."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.personaldata.errors import HeirsOnlyRead, NoSuchConsent, ReplyAddressNeeded
from obshto.modules.personaldata.forms import RequestFollowForm, RequestForm, WithdrawConsentForm
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services import (
    account_links,
    consents,
    queries,
    request_actions,
    timeline,
)
from obshto.modules.personaldata.services.codes import code_of, index_of
from obshto.modules.personaldata.services.kinds import CHOSEN, KINDS, LAW, PAPERS
from obshto.modules.personaldata.services.limits import LIMITATION
from obshto.modules.personaldata.services.states import COLOURS, LINES, OPEN, STATES, UNCONFIRMED
from obshto.modules.personaldata.services.submission import (
    RequestWords,
    confirm_request,
    send_request,
)
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.privacy.restrictions import restriction_asked_by, restrictions_on
from obshto.platform.purposes import look_words
from obshto.platform.web.access import open_to_all, signed_in, signed_in_surely
from obshto.platform.web.file_responses import private_json
from obshto.platform.web.formats import day
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("personaldata_citizen", __name__)
LATELY = timedelta(minutes=10)  # whoever finds a phone unlocked shall not carry all of it away
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "colours": COLOURS,
    "told": LINES,
    "regulation": LAW,
}


@citizen.get("/")
@open_to_all
def index() -> str:
    return render_template("personaldata/index.html", chosen=CHOSEN, **WORDS)


@citizen.get("/looks")
@signed_in
def looks() -> Response:
    """Who looked at my data, over all parts."""
    uow, me = current_uow(), _me()
    sections = look_words.sections()
    part = request.args.get("part", "")
    part = part if part in sections else ""
    page = paginate(uow.session, timeline.own_looks(uow, me, part=part), page_number())
    lines = timeline.told(uow, page.rows, person_id=me)
    shown: dict[str, Any] = {"page": page, "lines": lines, "sections": sections, "part": part}
    return private_page("personaldata/looks.html", **shown)


@citizen.post("/looks/<uuid:look_id>/why")
@signed_in
def why(look_id: UUID) -> Response:
    """One press: the question about a look is a request with a term."""
    uow, me = current_uow(), _me()
    look = timeline.own_look(uow, me, look_id)
    [line] = timeline.told(uow, [look])
    about = (day(line.at), *line.offices, line.section, line.what.title, line.what.about)
    words = f"{gettext('Защо са гледали данните ми?')} {', '.join(filter(None, about))}"
    told = RequestWords(
        kind="why",
        words=words,
        name=current_principal().name,
        language=current_language(),
        about_id=look_id,
    )
    row = send_request(uow, told, request_id=uuid5(look_id, f"why/{me}"))
    return see_other(".case", ref=row.id, said="personaldata.why-sent")


@citizen.route("/new/<right>", methods=["GET", "POST"])
@open_to_all
def send(right: str) -> Response:
    """The form of one right."""
    if right not in CHOSEN:
        abort(404)
    uow, form = current_uow(), RequestForm(data={"name": current_principal().name})
    is_known = current_principal().is_known
    form.email.flags.unmarked = not is_known  # it is asked for where nobody is signed in
    if form.validate_on_submit() and (is_known or form.passes()):
        try:
            row = send_request(uow, form.told(right), request_id=form.request_id.data)
            return _sent(row, form.request_id.data)
        except DomainError as refusal:
            _put_refusal(form, refusal)
    shown: dict[str, Any] = {"kind": right, "papers": PAPERS, "is_known": is_known}
    return private_page("personaldata/send.html", form=form, **shown, **WORDS)


def _put_refusal(form: RequestForm, refusal: DomainError) -> None:
    """At the field that can be mended, else above the form."""
    where = {ReplyAddressNeeded: form.email, HeirsOnlyRead: form.behalf}.get(type(refusal))
    if where is None:
        form.form_errors.append(str(refusal))
    else:
        where.errors = [str(refusal)]


def _sent(row: DataRequest, request_id: UUID) -> Response:
    """A stranger who repeats what is open learns nothing of it; the e-mail does."""
    is_first = row.request_id == request_id
    if row.person_id is None and not is_first:
        return see_other(".index", said="personaldata.written-again")
    said = "sent" if is_first else "same"
    if row.state == UNCONFIRMED:
        said = "to-confirm"
    ref = row.id if row.person_id else code_of(row.request_id)
    return see_other(".case", ref=ref, said=f"personaldata.{said}")


@citizen.route("/confirm/<uuid:case_id>/<code>", methods=["GET", "POST"])
@open_to_all
def confirm(case_id: UUID, code: str) -> Response:
    """Who reads the e-mail sent it: a button, so that a mail program's look confirms nothing."""
    is_sent = request.method == "POST"
    row = queries.request_by_proof(current_uow(), case_id, code, to_change=is_sent)
    if is_sent:
        confirm_request(current_uow(), row)
        ref = code_of(row.request_id)
        return see_other(".case", ref=ref, said="personaldata.confirmed")
    return private_page("personaldata/confirm.html", row=row, **WORDS)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), _me()
    page = paginate(uow.session, queries.requests_of(me), page_number())
    bound = restrictions_on(uow, timeline.subject_of(uow, me))
    shown: dict[str, Any] = {
        "restrictions": bound,
        "links": account_links.own_links(uow, me),
        "me": me,
    }
    return private_page("personaldata/mine.html", page=page, **shown, **WORDS)


@citizen.post("/accounts/<uuid:link_id>/confirm")
@signed_in
def confirm_account(link_id: UUID) -> Response:
    """The other account says that it is the same person's."""
    link = account_links.own_link(current_uow(), _me(), link_id)
    account_links.confirm_link(current_uow(), link, expected_version=seen_here())
    return see_other(".mine", said="personaldata.linked")


@citizen.post("/accounts/<uuid:link_id>/end")
@signed_in
def part_accounts(link_id: UUID) -> Response:
    link = account_links.own_link(current_uow(), _me(), link_id)
    account_links.end_link(current_uow(), link, expected_version=seen_here())
    return see_other(".mine", said="personaldata.parted")


@citizen.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), RequestFollowForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.request_by_number(uow, form.number.data, code)
            return see_other(".case", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("personaldata/follow.html", form=form)


@citizen.get("/case/<ref>")
@open_to_all
def case(ref: str) -> Response:
    """The person's own page of a request."""
    row = queries.request_at(current_uow(), ref)
    return private_page("personaldata/case.html", **_own(ref, row))


@citizen.get("/case/<ref>/letter")
@open_to_all
def letter(ref: str) -> Response:
    """The answer as a letter, to be printed."""
    row = queries.request_at(current_uow(), ref)
    if row.answer is None:
        abort(404)
    return private_page("personaldata/letter.html", ref=ref, row=row, **WORDS)


@citizen.post("/case/<ref>/withdraw")
@open_to_all
def withdraw(ref: str) -> Response:
    row = queries.request_at(current_uow(), ref, to_change=True)
    request_actions.withdraw_request(current_uow(), row, expected_version=seen_here())
    return see_other(".case", ref=ref, said="personaldata.withdrawn")


@citizen.get("/case/<ref>/copy")
@signed_in_surely(assurance=1, max_age=LATELY)
def copy(ref: str) -> Response:
    """The file that was put together, for its account alone."""
    uow = current_uow()
    row = queries.request_at(uow, ref)
    found = queries.copy_of_request(uow, row) or abort(404)
    return private_json(f"lichni-danni-{row.number}", json.loads(found.body))


@citizen.get("/consents")
@signed_in
def given() -> Response:
    """What I agreed to, each with the way out."""
    return private_page(
        "personaldata/consents.html", consents=consents.consents_of(current_uow(), _me())
    )


@citizen.post("/consents/<part>/<uuid:consent_id>/withdraw")
@signed_in
def withdraw_consent(part: str, consent_id: UUID) -> Response:
    """One press; `request_id` is of the consent as it was shown."""
    name, form = current_principal().name, WithdrawConsentForm()
    if not form.validate_on_submit():
        raise NoSuchConsent
    key = form.request_id.data
    row = consents.withdraw_consent(current_uow(), part, consent_id, request_id=key, name=name)
    return see_other(".case", ref=row.id, said="personaldata.consent-withdrawn")


def _own(ref: str, row: DataRequest) -> dict[str, Any]:
    uow, code = current_uow(), code_of(row.request_id)
    is_open = row.state in OPEN
    return {
        "ref": ref,
        "row": row,
        "code": grouped(code) if row.code_index == index_of(code) else "",
        "channel": CHANNELS[row.channel],
        "papers": PAPERS,
        "is_open": is_open,
        "may_withdraw": is_open or row.state == UNCONFIRMED,
        "is_late": bool(is_open and row.due_on and row.due_on < day_of(uow.now)),
        "lines": queries.lines_of(uow, row),
        "has_copy": bool(row.person_id) and queries.has_copy(uow, row),
        "limit": restriction_asked_by(uow, row.id) if row.kind == LIMITATION else None,
        "now": uow.now,
        "law": request_actions.law_of_term(),
        **WORDS,
    }


def _me() -> UUID:
    return current_principal().person_id or abort(403)
