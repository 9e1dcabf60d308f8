"""Staff pages of polls: pictures of questions and of their answers."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.polls.console.polls import Answer, console
from obshto.modules.polls.forms.pictures import PictureForm
from obshto.modules.polls.models import Option, Picture, Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import pictures as shown
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.questions import question_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files


@console.get("/questions/<uuid:question_id>/pictures")
@requires(PollsPermission.WRITE)
def pictures(question_id: UUID) -> str:
    poll, asked = question_of(current_uow(), question_id)
    labels = [(option.label, option.id) for option in asked.options]
    return render_template("polls/pictures.html", poll=poll, asked=asked, labels=labels)


@console.route("/questions/<uuid:question_id>/picture", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
@takes_files
def add_picture(question_id: UUID) -> Answer:
    uow, form = current_uow(), PictureForm()
    poll, asked = question_of(uow, question_id, to_change=request.method == "POST")
    option = _option(asked)
    if form.validate_on_submit():
        try:
            shown.add_picture(uow, poll, asked, **form.given(), option=option)
            return _back(question_id, "polls.picture-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("polls/add_picture.html", form, asked=asked, option=option)


@console.get("/pictures/<uuid:picture_id>/remove")
@requires(PollsPermission.WRITE)
def ask_to_remove_picture(picture_id: UUID) -> str:
    poll, asked, picture = _picture_of(picture_id)
    return render_template("polls/remove_picture.html", poll=poll, asked=asked, shown=picture)


@console.post("/pictures/<uuid:picture_id>/remove")
@requires(PollsPermission.WRITE)
def remove_picture(picture_id: UUID) -> Response:
    poll, asked, picture = _picture_of(picture_id, to_change=True)
    shown.remove_picture(current_uow(), poll, picture, expected_version=seen_here())
    return _back(asked.question.id, "polls.picture-removed")


def _picture_of(picture_id: UUID, *, to_change: bool = False) -> tuple[Poll, Asked, Picture]:
    uow = current_uow()
    picture = shown.picture_named(uow, picture_id)
    poll, asked = question_of(uow, picture.question_id, to_change=to_change)
    return poll, asked, picture


def _option(asked: Asked) -> Option | None:
    """The option in the address; none is the question itself."""
    if "option" not in request.args:
        return None
    found = [one for one in asked.options if str(one.id) == request.args["option"]]
    return found[0] if found else abort(404)


def _back(question_id: UUID, said: str) -> Response:
    return see_other("polls_console.pictures", question_id=question_id, said=said)
