"""Staff pages of training: own missions and records; those of everybody; the reset."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from obshto.modules.training.forms import AttemptForm, LearnedCourseForm
from obshto.modules.training.permissions import TrainingPermission
from obshto.modules.training.services import attempts, certificates, practice, records
from obshto.modules.training.services.access_log import look_at_trainee, look_at_trainees
from obshto.modules.training.services.missions import MISSIONS
from obshto.modules.training.services.topics import TOPICS, topics_of
from obshto.platform.clock import day_of
from obshto.platform.documents.services import read_file
from obshto.platform.errors import NotFound
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language, prefix_of
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import (
    find_practice,
    next_reset,
    number_practising,
    open_practice,
    roles_of,
)

console = Blueprint("training_console", __name__)
LEARN, OVERSEE = TrainingPermission.LEARN, TrainingPermission.OVERSEE
WORDS = {"missions": MISSIONS, "topics": TOPICS}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(LEARN)
def index() -> str:
    """Own missions and records; first those of one's own roles."""
    uow, me = current_uow(), _me()
    mine, own = records.records_of(uow, me), topics_of(roles_of(uow, me))
    return render_template(
        "training/index.html",
        own={word for word, mission in MISSIONS.items() if mission.topic in own},
        attempts=attempts.attempts_of(uow, me),
        records=mine,
        certificates=certificates.certificates_of(uow, [row.id for row in mine]),
        today=day_of(uow.now),
        practice_url=_address("/console/"),
        is_practice=uow.scope.is_practice,
        next_reset=next_reset(uow.now),
        **WORDS,
    )


@console.get("/missions/<word>")
@requires(LEARN)
def mission(word: str) -> str:
    """One mission, with how far it is in the data now."""
    found, uow = attempts.mission_named(word), current_uow()
    attempt = attempts.attempts_of(uow, _me()).get(word)
    return render_template(
        "training/mission.html",
        word=word,
        mission=found,
        attempt=attempt,
        progress=attempts.progress_of(found, attempt),
        begins_at=_address(found.path),
        form=AttemptForm(formdata=None),
        is_practice=bool(uow.within and uow.scope.is_practice),
        **WORDS,
    )


@console.post("/missions/<word>/start")
@requires(LEARN)
def start(word: str) -> Response:
    form = AttemptForm()
    if not form.validate():
        return see_other(".mission", word=word)
    attempts.start_mission(current_uow(), word, request_id=form.request_id.data)
    return see_other(".mission", word=word, said="training.started")


@console.post("/missions/<word>/check")
@requires(LEARN)
def check(word: str) -> Response:
    found = attempts.mission_named(word)
    reached = attempts.check_mission(current_uow(), word)
    is_done = reached.done == len(found.steps)
    said = "training.finished" if is_done else "training.not-yet"
    return see_other(".mission", word=word, said=said)


@console.post("/records/<uuid:record_id>/certificate")
@requires(LEARN)
def certificate(record_id: UUID) -> Response:
    certificates.issue_certificate(current_uow(), record_id)
    return see_other(".index", said="training.certified")


@console.get("/records/<uuid:record_id>/certificate.pdf")
@requires(LEARN)
def certificate_file(record_id: UUID) -> Response:
    paper = certificates.own_certificate(current_uow(), record_id)
    return private_pdf(f"certificate-{paper.number}", read_file(paper))


@console.get("/staff")
@requires(OVERSEE)
def staff() -> str:
    """Everybody who works here, topic by topic."""
    everyone = _everyone()
    is_open = request.args.get("open") == "1"
    return render_template(
        "training/staff.html",
        everyone=[one for one in everyone if not (is_open and one.is_in_order)],
        number=len(everyone),
        in_order=sum(one.is_in_order for one in everyone),
        is_open=is_open,
        **WORDS,
    )


@console.get("/staff.csv")
@requires(OVERSEE)
def staff_file() -> Response:
    head = (_("Служител"), _("Тема"), _("Състояние"), _("Важи до"))
    rows = (
        (
            one.name,
            str(TOPICS[state.topic].title),
            str(state.validity.label),
            state.valid_until.isoformat() if state.valid_until else "",
        )
        for one in _everyone()
        for state in one.states
    )
    return csv_file("training.csv", head, rows)


def _everyone() -> list[records.Trainee]:
    """The list of colleagues is a look at each of them."""
    uow = current_uow()
    everyone = records.trainees(uow)
    look_at_trainees(uow, [one.person_id for one in everyone])
    return everyone


@console.route("/staff/<uuid:person_id>", methods=["GET", "POST"])
@requires(OVERSEE)
def trainee(person_id: UUID) -> Answer:
    """One colleague; a course of others is entered here."""
    uow, form = current_uow(), LearnedCourseForm()
    found = next((one for one in records.trainees(uow) if one.person_id == person_id), None)
    if found is None:
        raise NotFound
    if form.validate_on_submit():
        records.enter_course(uow, person_id, form.words(), request_id=form.request_id.data)
        return see_other(".trainee", person_id=person_id, said="training.entered")
    look_at_trainee(uow, person_id)
    learned = records.records_of(uow, person_id)
    return filled("training/trainee.html", form, trainee=found, records=learned, **WORDS)


@console.post("/staff/<uuid:person_id>/records/<uuid:record_id>/cancel")
@requires(OVERSEE)
def cancel(person_id: UUID, record_id: UUID) -> Response:
    records.cancel_record(current_uow(), person_id, record_id, expected_version=seen_here())
    return see_other(".trainee", person_id=person_id, said="training.cancelled")


@console.route("/reset", methods=["GET", "POST"])
@requires(OVERSEE)
def reset() -> Answer:
    """Asked with what it costs others, then done by a job."""
    form = AttemptForm()
    if form.validate_on_submit():
        practice.ask_for_reset()
        return see_other(".index", said="training.reset")
    others, has_practice = 0, find_practice() is not None
    if has_practice:
        with open_practice("training:reset.ask") as there:
            others = number_practising(there, but=_me())
    return filled("training/reset.html", form, others=others, has_practice=has_practice)


def _address(path: str) -> str:
    """Where that is in the practice municipality, in the language at hand; empty where the region
    has none."""
    here = find_practice()
    return f"{here.scope().address}{prefix_of(current_language())}{path}" if here else ""


def _me() -> UUID:
    person_id = current_uow().principal.person_id
    assert person_id
    return person_id
