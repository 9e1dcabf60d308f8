"""Public pages of consultations: the list, one of them, saying an opinion, following it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, g, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.consultations.errors import NoSuchOpinion, TooLate
from obshto.modules.consultations.forms import (
    ORGANISATION,
    ConfirmForm,
    OpinionCodeForm,
    OpinionForm,
    put_refusal,
)
from obshto.modules.consultations.forms.phones import PhoneCodeForm
from obshto.modules.consultations.models import Invitation, Opinion
from obshto.modules.consultations.services import (
    access_log,
    documents,
    phones,
    queries,
    table,
    versions,
)
from obshto.modules.consultations.services.codes import code_of, index_of
from obshto.modules.consultations.services.invitations import invitation_at
from obshto.modules.consultations.services.moderation import flag_opinion
from obshto.modules.consultations.services.opinions import confirm_opinion, give_opinion
from obshto.modules.consultations.services.page_context import page_of, said_of, told_of, words_of
from obshto.modules.consultations.services.paragraphs import (
    Paragraph,
    paragraph_at,
    paragraphs_of,
)
from obshto.modules.consultations.services.states import (
    state_of,
)
from obshto.modules.consultations.services.support import (
    confirm_opinion_support,
    shown_opinion,
    support_opinion,
    supportable,
    supportable_opinion,
    take_support_back,
    takes_support,
)
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.errors import DomainError
from obshto.platform.moderation.pages import FlaggedThing, appeal_page, flag_page
from obshto.platform.moderation.rules import RULE_WORDS, RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.purposes.senders import PURPOSES
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.services import file_of
from obshto.platform.support.forms import PressForm, SupportMailForm
from obshto.platform.support.letters import ask_to_support, opened_support_link
from obshto.platform.support.services import is_supported_by
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import csv_file, json_file
from obshto.platform.web.language import SOURCE, current_language, speaking
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import account_supporter, place_names

citizen = Blueprint("consultations_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    chosen = "over" if request.args.get("list") == "over" else "open"
    rows = queries.open_at(uow.now) if chosen == "open" else queries.over_at(uow.now)
    page = paginate(uow.session, rows, page_number())
    return render_template("consultations/index.html", page=page, chosen=chosen, **words_of(uow))


@citizen.get("/rules")
@open_to_all
def rules() -> str:
    return render_template("consultations/rules.html", rules=RULES, words=RULE_WORDS)


@citizen.get("/<uuid:consultation_id>")
@open_to_all
def show(consultation_id: UUID) -> str:
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    shown = page_of(uow, found, current_language(), paragraph=_asked_paragraph())
    thread = line_of(uow, access_log.PART, found.id)
    return render_template("consultations/show.html", thread=thread, **shown)


@citizen.get("/<uuid:consultation_id>/opinions")
@open_to_all
def opinions(consultation_id: UUID) -> str:
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    paragraph = paragraph_at(paragraphs_of(found), _asked_paragraph())
    rows = queries.opinions_on(
        found, paragraph.number if paragraph else None, request.args.get("number", "")[:20]
    )
    page = paginate(uow.session, rows, page_number())
    shown = {"consultation": found, "page": page, "state": state_of(found, uow.now)}
    shown["paragraph"] = paragraph
    return render_template(
        "consultations/opinions.html", **shown, **told_of(uow, page.rows), **words_of(uow)
    )


@citizen.get("/<uuid:consultation_id>/changes")
@open_to_all
def changes(consultation_id: UUID) -> str:
    """The new text beside the old one, with who moved each change."""
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    there = versions.versions_of(uow, found)
    asked = _number_in(request.args.get("version", "")) or len(there) + 1
    version = next((one for one in there if one.number == asked), None) or abort(404)
    shown = {
        "consultation": found,
        "versions": there,
        "version": version,
        "changes": versions.changes_of(found, there, version.number),
    }
    return render_template("consultations/changes.html", **shown, **words_of(uow))


@citizen.route("/<uuid:consultation_id>/say", methods=["GET", "POST"])
@open_to_all
@takes_files
def say(consultation_id: UUID) -> Response:
    """On the whole draft, or on the paragraph of the address beside what others say of it."""
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    paragraph = paragraph_at(paragraphs_of(found), _asked_paragraph())
    invitation = invitation_at(uow, found, request.args.get("invited", ""))
    form = _opinion_form(paragraph, invitation)
    status = None
    if form.validate_on_submit() and form.passes(current_principal().person_id):
        try:
            told = form.told(invitation_id=invitation.id if invitation else None)
            once = form.request_id.data
            opinion = give_opinion(uow, found.id, told, request_id=once, file=form.given())
            if opinion.confirmed_at is None:
                return _ask_to_confirm(opinion)
            return see_other(".opinion", ref=_ref(opinion), said="consultations.given")
        except DomainError as refusal:
            put_refusal(form, refusal)
            status = 409 if isinstance(refusal, TooLate) else None
    shown = {**said_of(uow, found, paragraph), **words_of(uow)}
    return private_page("consultations/say.html", status=status, form=form, **shown)


@citizen.post("/<uuid:consultation_id>/opinions/<uuid:opinion_id>/support")
@signed_in
def support(consultation_id: UUID, opinion_id: UUID) -> Response:
    """For the same opinion instead of writing it again; pressed again it is taken back."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    supporter = account_supporter(uow, me, language=current_language())
    is_given = request.form.get("give") == "y"
    act = support_opinion if is_given else take_support_back
    act(uow, opinion_id, supporter, request_id=uuid4())
    said = "consultations.supported" if is_given else "consultations.unsupported"
    if number := _number_in(request.form.get("paragraph", "")):
        return see_other(".say", consultation_id=consultation_id, paragraph=number, said=said)
    return see_other(".opinions", consultation_id=consultation_id, said=said)


@citizen.route("/opinions/<uuid:opinion_id>/support", methods=["GET", "POST"])
@open_to_all
def support_without_account(opinion_id: UUID) -> Response:
    """An address for the letter whose link is the press."""
    uow, form = current_uow(), SupportMailForm()
    consultation, found = supportable_opinion(uow, opinion_id)
    if form.validate_on_submit() and form.passes():
        thing = supportable(consultation, found)
        ask_to_support(uow, thing, form.email.data, language=current_language())
        return see_other(".support_asked", opinion_id=opinion_id)
    shown = {"consultation": consultation, "opinion": found, **words_of(uow)}
    return private_page("consultations/support.html", form=form, **shown)


@citizen.get("/opinions/<uuid:opinion_id>/asked")
@open_to_all
def support_asked(opinion_id: UUID) -> str:
    consultation, _ = supportable_opinion(current_uow(), opinion_id)
    there = url_for(".opinions", consultation_id=consultation.id)
    return render_template("support/asked.html", back_url=there, press=gettext("Подкрепете"))


@citizen.route("/opinions/<uuid:opinion_id>/flag", methods=["GET", "POST"])
@open_to_all
def flag(opinion_id: UUID) -> Response:
    """Somebody says that it breaks a rule."""
    uow = current_uow()
    found = queries.opinion_of(uow, opinion_id)
    consultation = queries.public_consultation(uow, found.consultation_id)
    thing = FlaggedThing(
        heading=gettext("Какво не е наред със становище %(number)s?", number=found.number),
        words="" if found.hidden_at else found.words,
        back_url=url_for(".opinions", consultation_id=consultation.id),
        is_hidden=bool(found.hidden_at),
    )

    def act(rule: str, request_id: UUID) -> None:
        flag_opinion(uow, found, rule, request_id=request_id)

    return flag_page(thing, act)


@citizen.route("/support/<token>", methods=["GET", "POST"])
@open_to_all
def support_by_letter(token: str) -> Response:
    """Behind the link of a letter; nothing happens by opening it."""
    uow, form = current_uow(), PressForm()
    link = opened_support_link(uow, access_log.PART, token)
    consultation, found = shown_opinion(uow, link.object_id)
    if form.validate_on_submit():
        try:
            confirm_opinion_support(uow, link, request_id=form.request_id.data)
            return see_other(".support_by_letter", token=token, said="consultations.supported")
        except DomainError as refusal:
            put_refusal(form, refusal)
    shown: dict[str, Any] = {"consultation": consultation, "opinion": found, "link": link}
    shown["is_open"] = takes_support(uow, consultation)
    shown["is_supporter"] = is_supported_by(uow, access_log.PART, found.id, link.supporter)
    shown |= words_of(uow)
    return private_page("consultations/by_letter.html", form=form, token=token, **shown)


@citizen.post("/support/<token>/withdraw")
@open_to_all
def withdraw_by_letter(token: str) -> Response:
    uow, form = current_uow(), PressForm()
    link = opened_support_link(uow, access_log.PART, token)
    if not form.validate_on_submit():
        abort(400)
    take_support_back(uow, link.object_id, link.supporter, request_id=form.request_id.data)
    return see_other(".support_by_letter", token=token, said="consultations.unsupported")


@citizen.route("/confirm", methods=["GET", "POST"])
@open_to_all
def ask_to_confirm() -> Response:
    """After sending without a profile: the letter's link, or its code typed here."""
    uow, form = current_uow(), ConfirmForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            confirm_opinion(uow, queries.opinion_at(uow, code))
            return see_other(".opinion", ref=code, said="consultations.given")
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("consultations/confirm.html", form=form)


@citizen.route("/confirm/phone/<token>", methods=["GET", "POST"])
@open_to_all
def confirm_by_phone(token: str) -> Response:
    """The code that came by SMS is typed beside the opinion; pressed again another SMS comes."""
    uow, form = current_uow(), PhoneCodeForm()
    found = phones.opinion_of_page(uow, token)
    if form.validate_on_submit():
        try:
            form.expect_within(phones.phone_of(found))
            if form.again.data:
                phones.send_opinion_code(uow, found)
                return see_other(".confirm_by_phone", token=token, said="consultations.code-sent")
            phones.check_opinion_code(found, form.code.data)
            confirm_opinion(uow, found)
            return see_other(".opinion", ref=code_of(found.request_id), said="consultations.given")
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    of = queries.public_consultation(uow, found.consultation_id)
    shown: dict[str, Any] = {"opinion": found, "consultation": of, "token": token}
    return private_page("consultations/confirm_phone.html", form=form, **shown)


@citizen.route("/confirm/<code>", methods=["GET", "POST"])
@open_to_all
def confirm(code: str) -> Response:
    """The letter's link shows the opinion with a button: programs that open links press none."""
    uow = current_uow()
    found = queries.opinion_at(uow, code) if digits(code) == code else None
    if found is None:
        raise NoSuchOpinion
    if request.method == "POST":
        confirm_opinion(uow, found)
        return see_other(".opinion", ref=code, said="consultations.given")
    if found.confirmed_at:
        return see_other(".opinion", ref=code)
    of = queries.public_consultation(uow, found.consultation_id)
    return private_page("consultations/confirm_one.html", opinion=found, consultation=of)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.opinions_by(me), page_number())
    of = queries.consultations_by(uow, {row.consultation_id for row in page.rows})
    return private_page(
        "consultations/mine.html", page=page, of=of, **told_of(uow, page.rows), **words_of(uow)
    )


@citizen.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), OpinionCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.opinion_by_number(uow, form.number.data, code)
            return see_other(".opinion", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("consultations/follow.html", form=form)


@citizen.get("/opinion/<ref>")
@open_to_all
def opinion(ref: str) -> Response:
    """The author's own page: the receipt, later the answer."""
    uow = current_uow()
    found = queries.opinion_at(uow, ref)
    code = code_of(found.request_id)
    consultation = queries.public_consultation(uow, found.consultation_id)
    shown = {
        "ref": ref,
        "opinion": found,
        "consultation": consultation,
        "paragraph": paragraph_at(paragraphs_of(consultation), found.paragraph),
        "answer": queries.answers_to(uow, [found]).get(found.id),
        "moved": versions.moved_by(versions.versions_of(uow, consultation), found.number),
        "on_behalf": table.on_behalf(found),
        "channel": CHANNELS[found.channel],
        "code": grouped(code) if found.code_index == index_of(code) else "",
        "decision": decision_on(uow, access_log.PART, found.id),
        "looks": access_log.looks_at(uow, found),
        "purposes": PURPOSES,
    }
    return private_page("consultations/opinion.html", **shown, **words_of(uow))


@citizen.route("/opinion/<ref>/appeal", methods=["GET", "POST"])
@open_to_all
def appeal(ref: str) -> Response:
    """Another person than who hid it decides."""
    found = queries.opinion_at(current_uow(), ref)
    decision = decision_on(current_uow(), access_log.PART, found.id)
    return appeal_page(decision, own_page=url_for(".opinion", ref=ref))


@citizen.get("/opinion/<ref>/file")
@open_to_all
def own_file(ref: str) -> Response:
    g.is_personal = True
    uow = current_uow()
    return send_file(uow, documents.opinion_file(uow, queries.opinion_at(uow, ref)))


@citizen.get("/files/<uuid:document_id>")
@open_to_all
def file(document_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, documents.document_file(uow, document_id, for_staff=False))


@citizen.get("/<uuid:consultation_id>/table")
@open_to_all
def table_page(consultation_id: UUID) -> str:
    """The table that the law asks for, to be read and printed where PDF is no help."""
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    told = table.part_of_table(uow, found, _number_in(request.args.get("part", "")) or 1)
    shown = {"consultation": found, "told": told, "on_page": table.ON_PAGE}
    return render_template("consultations/table.html", **shown, **words_of(uow))


@citizen.get("/<uuid:consultation_id>/table.csv")
@open_to_all
def table_csv(consultation_id: UUID) -> Response:
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    with speaking(SOURCE):
        rows = (table.cells(row) for row in table.rows_of(uow, found))
        return csv_file(f"consultation-{found.id}.csv", table.head(), rows)


@citizen.get("/<uuid:consultation_id>/record.json")
@open_to_all
def record(consultation_id: UUID) -> Response:
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    with speaking(SOURCE):
        return json_file(f"consultation-{found.id}.json", table.record_pieces(uow, found))


@citizen.get("/<uuid:consultation_id>/table.pdf")
@open_to_all
def table_pdf(consultation_id: UUID) -> Response:
    uow = current_uow()
    found = queries.public_consultation(uow, consultation_id)
    return send_file(uow, file_of(uow, found.table_id or abort(404)))


def _opinion_form(paragraph: Paragraph | None, invitation: Invitation | None) -> OpinionForm:
    """With what is known of who writes, and on what."""
    invited = {"behalf": ORGANISATION, "organisation": invitation.name} if invitation else {}
    known = {
        **invited,
        "author": current_principal().name if current_principal().is_known else "",
        "paragraph": str(paragraph.number) if paragraph else "",
    }
    form = OpinionForm(data=known)
    form.offer(_places())
    return form


def _ask_to_confirm(opinion: Opinion) -> Response:
    """Where its code is typed: what came by SMS, or out of a letter."""
    if phones.phone_of(opinion):
        token = phones.token_of_page(current_uow(), opinion)
        return see_other(".confirm_by_phone", token=token, said="consultations.awaits-sms")
    return see_other(".ask_to_confirm", said="consultations.awaits")


def _asked_paragraph() -> int | None:
    """What the form says goes before the address."""
    return _number_in(request.form.get("paragraph") or request.args.get("paragraph", ""))


def _number_in(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None


def _places() -> dict[str, str]:
    uow = current_uow()
    return place_names(uow.scope.slug, current_language())


def _ref(opinion: Opinion) -> str:
    """Its place in the account, or its code."""
    return str(opinion.id) if opinion.person_id else code_of(opinion.request_id)
