"""Staff pages of the versions of a proposal: what each says, hiding an old one."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.proposals.console.blueprint import HANDLE, Answer, console, to_change
from obshto.modules.proposals.forms.proposal import page_words, put_refusal
from obshto.modules.proposals.models import CitizenProposal, ProposalVersion
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services import version_moderation as service
from obshto.platform.errors import DomainError
from obshto.platform.moderation.forms import HideRowForm
from obshto.platform.moderation.rules import RULES
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/<uuid:proposal_id>/versions")
@requires(HANDLE)
def versions(proposal_id: UUID) -> str:
    """All words that it had, the latest first; those of hidden ones, too."""
    uow, proposal = current_uow(), to_change(proposal_id)
    rows = queries.versions_of(uow, proposal)
    shown = {"versions": rows, "decisions": service.decided_on(uow, rows), "rules": RULES}
    return render_template(
        "proposals/versions_desk.html", proposal=proposal, **shown, **page_words(uow)
    )


@console.route("/versions/<uuid:version_id>/hide", methods=["GET", "POST"])
@requires(HANDLE)
def hide_version(version_id: UUID) -> Answer:
    """By which rule, and why."""
    uow, form = current_uow(), HideRowForm()
    found, version = _to_change(version_id)
    if form.validate_on_submit():
        try:
            expected, reason = form.expected_version.data, form.reason()
            service.hide_version(uow, found, version, reason, expected_version=expected)
            return _back(found, "proposals.version-hidden")
        except DomainError as refusal:
            put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("moderation/hide.html", form, **_to_hide(found, version))


@console.post("/versions/<uuid:version_id>/show-again")
@requires(HANDLE)
def show_version_again(version_id: UUID) -> Response:
    """What was hidden alone is seen again."""
    found, version = _to_change(version_id)
    service.lift_version(current_uow(), found, version, expected_version=seen_here())
    return _back(found, "proposals.version-shown")


def _to_change(version_id: UUID) -> tuple[CitizenProposal, ProposalVersion]:
    """With its proposal, which is locked until the request ends where something is sent."""
    version = service.version_of(current_uow(), version_id)
    return to_change(version.proposal_id), version


def _back(found: CitizenProposal, said: str) -> Response:
    return see_other(".versions", proposal_id=found.id, said=said)


def _to_hide(found: CitizenProposal, version: ProposalVersion) -> dict[str, str]:
    return {
        "doing": gettext("Скриване на версия %(version)s на предложение", version=version.number),
        "number": found.number,
        "lead": gettext(
            "Скрива се само този стар текст; предложението остава. На мястото му всички ще четат"
            " кое правило е нарушено и защо. Авторът може да възрази, тогава решава друг човек."
        ),
        "back_url": url_for(".versions", proposal_id=found.id),
    }
