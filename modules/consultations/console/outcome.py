"""Staff pages of answers and of the outcome."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import (
    Page,
    back,
    console,
    context,
    row_named,
)
from obshto.modules.consultations.errors import NoSuchAgenda
from obshto.modules.consultations.forms.agenda import AgendaForm
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import answers, queries
from obshto.modules.consultations.services.consultations import check
from obshto.modules.consultations.services.continuation import agendas_here, put_on_agenda
from obshto.modules.consultations.services.groups import AT_ONCE, ask_for_groups
from obshto.modules.consultations.services.page_context import words_of
from obshto.modules.consultations.services.representation import heard_of
from obshto.modules.consultations.services.states import state_of
from obshto.modules.consultations.services.ties import untied_numbers
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, seen_here, show_version
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:consultation_id>/answer", methods=["GET", "POST"])
@requires(ConsultationsPermission.ANSWER)
def answer(consultation_id: UUID) -> Page:
    """One answer to those that were ticked on the list, or in a group."""
    uow, form = current_uow(), forms.AnswerForm()
    found = queries.consultation_of(uow, consultation_id)
    ids = forms.ids_of(request.values.getlist("chosen"))[: AT_ONCE + 1]
    group_id = forms.group_asked(request.values.get("group", ""))
    if form.validate_on_submit():
        try:
            said, once = form.said(), form.request_id.data
            answers.answer_opinions(uow, found.id, ids, said, request_id=once, group_id=group_id)
            return _to_the_next(found.id, is_group=group_id is not None)
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    offered = [*queries.members_of(uow, found, group_id), *ids] if group_id else ids
    shown = {
        "consultation": found,
        "chosen": queries.chosen_of(uow, found, offered),
        "ticked": ids if request.method == "POST" else offered,
        "group_id": group_id,
    }
    return filled("consultations/answer.html", form, **shown, **words_of(uow))


@console.get("/<uuid:consultation_id>/groups")
@requires(ConsultationsPermission.ANSWER)
def groups(consultation_id: UUID) -> str:
    """Alike opinions, as they were proposed: a group leads to one answer."""
    uow = current_uow()
    found = queries.consultation_of(uow, consultation_id)
    shown = {
        "consultation": found,
        "state": state_of(found, uow.now),
        "groups": queries.groups_of(uow, found),
        "most": queries.MOST_GROUPS,
        "numbers": queries.opinion_counts(uow, found),
    }
    return render_template("consultations/groups.html", **shown, **context())


@console.post("/<uuid:consultation_id>/groups")
@requires(ConsultationsPermission.ANSWER)
def propose_groups(consultation_id: UUID) -> Response:
    """Ask for them anew; a job makes them."""
    uow = current_uow()
    found = queries.consultation_of(uow, consultation_id)
    check(found, seen_here())
    ask_for_groups(uow, found.id)
    return see_other(".groups", consultation_id=consultation_id, said="consultations.grouping")


def _to_the_next(consultation_id: UUID, *, is_group: bool) -> Response:
    """On to the next ones."""
    said = "consultations.answered"
    if is_group:
        return see_other(".groups", consultation_id=consultation_id, said=said)
    shown = {"consultation_id": consultation_id, "list": "unanswered"}
    return see_other(".opinion_list", **shown, said=said)


@console.route("/<uuid:consultation_id>/outcome", methods=["GET", "POST"])
@requires(ConsultationsPermission.PUBLISH)
def outcome(consultation_id: UUID) -> Page:
    uow, found = current_uow(), row_named(consultation_id)
    form = forms.ConsultationOutcomeForm(obj=found)
    if form.validate_on_submit():
        try:
            answers.publish_outcome(
                uow,
                found,
                outcome=lines_of(form.outcome.data),
                changes=lines_of(form.changes.data),
                expected_version=form.expected_version.data,
                knows_untied=form.knows_untied.data,
            )
            return back(consultation_id, "consultations.outcome-published")
        except DomainError as refusal:
            forms.put_refusal(form, refusal, found)
    show_version(form, found)
    shown = {"numbers": queries.opinion_counts(uow, found), "untied": untied_numbers(uow, found)}
    return filled("consultations/outcome.html", form, consultation=found, **shown)


@console.post("/<uuid:consultation_id>/agenda")
@requires(ConsultationsPermission.PUBLISH)
def agenda(consultation_id: UUID) -> Response:
    """The outcome becomes a point of a meeting's agenda."""
    found, form = row_named(consultation_id), AgendaForm()
    form.offer(agendas_here(current_uow()))
    if not form.validate_on_submit():
        raise NoSuchAgenda
    put_on_agenda(current_uow(), found, form.meeting.data, request_id=form.request_id.data)
    return back(consultation_id, "consultations.on-agenda")


@console.get("/<uuid:consultation_id>/heard")
@requires(ConsultationsPermission.SEE)
def heard(consultation_id: UUID) -> str:
    """Who was heard and who was not, for the mayor."""
    uow = current_uow()
    found = queries.consultation_of(uow, consultation_id)
    _number, told = heard_of(uow, found, current_language())
    return render_template(
        "consultations/heard.html",
        consultation=found,
        heard=told,
        **context(),
    )
