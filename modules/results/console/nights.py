"""Staff pages of a vote: all of it on one page, the rule, the report, codes, papers."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.results.forms.page_context import common_words, vote_words
from obshto.modules.results.forms.result import ReportForm, RuleForm
from obshto.modules.results.permissions import ResultsPermission
from obshto.modules.results.services import nights, papers
from obshto.modules.results.services.control_sums import NAMES
from obshto.modules.results.services.night_acts import write_report
from obshto.modules.results.services.states import (
    COUNTED,
    PROTOCOL_STATES,
    NightAct,
    ProtocolAct,
    acts_from,
    law_of,
)
from obshto.modules.results.services.totals import SectionCount, totals_of
from obshto.modules.results.services.votes import places_of, vote_of, votes_here
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("results_console", __name__)
Answer = str | tuple[str, int] | Response
ENTER, LEAD = requires(ResultsPermission.ENTER), requires(ResultsPermission.LEAD)
FORM = ["GET", "POST"]
HEAD = (_("Секция"), _("Състояние"), *NAMES.values())


@console.get("/")
@ENTER
def index() -> str:
    """Votes, the next first."""
    uow = current_uow()
    votes = votes_here(uow)
    known = nights.nights_of(uow, [vote.id for vote in votes])
    return render_template("results/console.html", votes=votes, nights=known, **common_words(uow))


@console.get("/<uuid:vote_id>")
@ENTER
def night(vote_id: UUID) -> str:
    """Turnout, sections, the next step, what follows."""
    uow = current_uow()
    words = vote_words(uow, vote_of(uow, vote_id))
    may_lead = current_principal().may(ResultsPermission.LEAD)
    law = law_of(words["night"].vote_on, on=day_of(uow.now))
    acts = [act for act in acts_from(law, words["night"].state) if may_take(act)]
    form = RuleForm(formdata=None, is_together=words["night"].is_together)
    form.expected_version.data = words["night"].version
    return render_template("results/night.html", **words, acts=acts, may_lead=may_lead, form=form)


@console.post("/<uuid:vote_id>/rule")
@LEAD
def rule(vote_id: UUID) -> Response:
    uow, form = current_uow(), RuleForm()
    vote, version = vote_of(uow, vote_id), seen_here()
    is_together = bool(form.is_together.data)
    nights.choose_rule(uow, vote, is_together=is_together, expected_version=version)
    return see_other(".night", vote_id=vote_id, said="results.rule")


@console.route("/<uuid:vote_id>/report", methods=FORM)
@LEAD
def report(vote_id: UUID) -> Answer:
    """When the municipal commission reported to the central one."""
    uow, form = current_uow(), ReportForm()
    vote = vote_of(uow, vote_id)
    row = nights.night_of(uow, vote)
    if form.validate_on_submit():
        try:
            version, at = form.expected_version.data, form.reported_at.moment
            assert at
            write_report(uow, vote, at, expected_version=version)
            return see_other(".night", vote_id=vote_id, said="results.stepped")
        except DomainError as refusal:
            tell(form, refusal, row)
    if not form.is_submitted():
        form.reported_at.process_data(row.reported_at)
    show_version(form, row)
    return filled("results/report.html", form, vote=vote)


@console.get("/<uuid:vote_id>/codes.pdf")
@LEAD
def codes(vote_id: UUID) -> Response:
    """A sheet with the code for each section."""
    uow = current_uow()
    vote = vote_of(uow, vote_id)
    places = places_of(uow, vote.unit)
    address = url_for("results_citizen.section", _external=True).partition("//")[2]
    sheet = papers.codes_pdf(uow, vote, nights.night_of(uow, vote), places, address)
    return private_pdf("kodove", sheet)


@console.post("/<uuid:vote_id>/codes")
@LEAD
def change_codes(vote_id: UUID) -> Response:
    uow = current_uow()
    nights.change_codes(uow, vote_of(uow, vote_id), expected_round=seen_here())
    return see_other(".night", vote_id=vote_id, said="results.codes")


@console.get("/<uuid:vote_id>/summary.pdf")
@ENTER
def summary(vote_id: UUID) -> Response:
    """Data for the protocol of the municipal commission."""
    uow = current_uow()
    vote = vote_of(uow, vote_id)
    return private_pdf("protokol", papers.summary_pdf(uow, vote, totals_of(uow, vote)))


@console.get("/<uuid:vote_id>/protocols.csv")
@ENTER
def table(vote_id: UUID) -> Response:
    """All sections with their numbers, as far as they are accepted."""
    uow = current_uow()
    totals = totals_of(uow, vote_of(uow, vote_id))
    return csv_file("protokoli.csv", HEAD, map(_cells, totals.sections))


def may_take(act: NightAct | ProtocolAct) -> bool:
    """Whether the law's row gives the act to who looks."""
    return act.way.who is not None and current_principal().may(act.way.who)


def _cells(one: SectionCount) -> list[str]:
    row, told = one.protocol, str(PROTOCOL_STATES[one.state])
    if row is None or row.state not in COUNTED:
        return [str(one.place.number), told, *([""] * len(NAMES))]
    return [str(one.place.number), told, *(str(getattr(row, name)) for name in NAMES)]
