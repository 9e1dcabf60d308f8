"""Papers of a mandate: the sheet that is read aloud, signed on paper or here; letter, journal."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template
from markupsafe import Markup

from obshto.modules.mandates.console.blueprint import Answer, console
from obshto.modules.mandates.forms import ScreenSignatureForm
from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services import queries
from obshto.modules.mandates.services.access_log import look_at_mandate
from obshto.modules.mandates.services.codes import code_of, viewer_code_of
from obshto.modules.mandates.services.kinds import LAW, OPEN
from obshto.modules.mandates.services.lifecycle import sign_mandate
from obshto.modules.mandates.services.page_context import labels_of, words
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import current_municipality

PREPARE = MandatesPermission.PREPARE


@console.get("/<uuid:mandate_id>/sheet")
@requires(PREPARE)
def sheet(mandate_id: UUID) -> str:
    """Read aloud in large letters, then signed. The text that binds is Bulgarian; who speaks
    another language hears it in that, too.
    """
    row = _open(mandate_id)
    is_paper = not row.strokes
    return render_template(
        "mandates/sheet.html", row=row, texts=_sheet(row, is_paper=is_paper), is_paper=is_paper
    )


@console.route("/<uuid:mandate_id>/sign-here", methods=["GET", "POST"])
@requires(PREPARE)
def sign_here(mandate_id: UUID) -> Answer:
    """Read aloud, then written on the screen by the person and both witnesses."""
    uow, form = current_uow(), ScreenSignatureForm()
    row = _open(mandate_id, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            signature, version = form.signature(day_of(uow.now)), form.expected_version.data
            sign_mandate(uow, row, signature, expected_version=version)
            return see_other(".mandate", mandate_id=row.id, said="mandates.signed")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("mandates/sign_here.html", form, row=row, texts=_sheet(row, is_paper=False))


@console.get("/<uuid:mandate_id>/letter")
@requires(PREPARE)
def letter(mandate_id: UUID) -> str:
    """Stays with the person: number and code to see what is done and to withdraw it."""
    row = _open(mandate_id)
    code = grouped(code_of(row.request_id))
    viewer = grouped(viewer_code_of(row.request_id)) if row.viewer_index else ""
    text = _paper("letter_text", row, row.language, code=code, viewer=viewer)
    return render_template("mandates/letter.html", row=row, text=text)


@console.get("/<uuid:mandate_id>/journal")
@requires(PREPARE)
def journal(mandate_id: UUID) -> str:
    """On paper, for whoever has no computer."""
    uow = current_uow()
    row = queries.mandate_of(uow, mandate_id)
    look_at_mandate(uow, row)
    page = paginate(uow.session, queries.journal_of(row), page_number())
    return render_template("mandates/journal.html", row=row, journal=page, **words())


def _open(mandate_id: UUID, *, to_change: bool = False) -> Mandate:
    """A mandate of which papers are still of use."""
    row = queries.mandate_of(current_uow(), mandate_id, to_change=to_change)
    look_at_mandate(current_uow(), row)
    if row.state not in OPEN:
        abort(404)
    return row


def _sheet(row: Mandate, *, is_paper: bool) -> dict[str, Markup]:
    """What is read aloud, by language; `is_paper` with the lines to sign on."""
    languages = dict.fromkeys((SOURCE, row.language))
    return {one: _paper("sheet_text", row, one, law=LAW, is_paper=is_paper) for one in languages}


def _paper(name: str, row: Mandate, language: str, **shown: str | bool) -> Markup:
    """The text of a paper in a language, whichever the reader of the page has chosen."""
    here = current_municipality() or abort(404)
    with speaking(language):
        text = render_template(
            f"mandates/{name}.html",
            row=row,
            labels=labels_of(row),
            title=here.title(language),
            phone=here.contact.get("phone", ""),
            address=here.scope(language).address,
            **shown,
        )
    return Markup(text)  # noqa: S704  # our own template, which escapes
