"""The register of dogs for the staff: its lists, a dog by its chip, who keeps it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.forms.dogs import BroughtForm, ChipForm, KeeperForm
from obshto.modules.eservices.models import Dog
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.dogs import duties, finding, reading, telling
from obshto.modules.eservices.services.terms import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate


@console.get("/dogs")
@requires(ServicesPermission.HANDLE)
def dogs() -> str:
    return _list(ChipForm(formdata=None, data={"list": _wanted()}))


@console.post("/dogs/find")
@requires(ServicesPermission.HANDLE)
def find_dog() -> Answer:
    """What was typed never stands in an address: a chip leads to its dog, or nowhere."""
    form = ChipForm()
    if not form.validate_on_submit():
        return _list(form), 422
    dog = reading.dog_by_chip(current_work(), form.chip.data)
    if dog is None:
        return _list(form, is_unknown=True)
    return see_other(".dog", dog_id=dog.id)


@console.get("/dogs/<uuid:dog_id>")
@requires(ServicesPermission.HANDLE)
def dog(dog_id: UUID) -> str:
    """The dog; who keeps it only to who said a purpose."""
    return _page(reading.dog_of(current_work(), dog_id), KeeperForm(), BroughtForm())


@console.post("/dogs/<uuid:dog_id>/look")
@requires(ServicesPermission.HANDLE)
def open_dog(dog_id: UUID) -> Answer:
    work, form = current_work(), KeeperForm()
    dog = reading.dog_of(work, dog_id)
    if form.validate_on_submit():
        finding.look_up(work, dog, form.purpose.data, request_id=form.request_id.data)
        return _back_to(dog, "eservices.dog-opened")
    return _page(dog, form, BroughtForm(formdata=None)), 422


@console.post("/dogs/<uuid:dog_id>/brought")
@requires(ServicesPermission.HANDLE)
def brought(dog_id: UUID) -> Answer:
    work, form = current_work(), BroughtForm()
    dog = reading.dog_of(work, dog_id, to_change=True)
    if form.validate_on_submit():
        finding.bring(work, dog, form.words.data.strip(), request_id=form.request_id.data)
        is_told = reading.keeper_reach(work, dog) is not None
        return _back_to(dog, f"eservices.dog-brought{'' if is_told else '-nobody'}")
    return _page(dog, KeeperForm(formdata=None), form), 422


def _list(form: ChipForm, *, is_unknown: bool = False) -> str:
    work, today = current_work(), day_of(current_work().now)
    chosen = form.list.data if form.list.data in reading.LISTS else "all"
    page = paginate(work.session, reading.listed(chosen, today=today), page_number())
    return render_template(
        "eservices/dogs.html",
        page=page,
        counts=reading.dogs_counted(work, today=today),
        chosen=chosen,
        form=form,
        is_unknown=is_unknown,
        states=telling.STATES,
        today=today,
    )


def _page(dog: Dog, form: KeeperForm, brought_form: BroughtForm) -> str:
    work = current_work()
    keepings = reading.keepings_of(work, dog)
    return render_template(
        "eservices/dog.html",
        dog=dog,
        looks=dog.read(),
        keepings=keepings,
        is_open=finding.is_looking(work, dog),
        bills=duties.bills_of(work, keepings),
        entries=reading.entries_of(work, [dog.id])[dog.id],
        names=telling.ENTRIES,
        states=telling.STATES,
        exempt=telling.EXEMPT,
        purposes=telling.PURPOSES,
        today=day_of(work.now),
        form=form,
        brought_form=brought_form,
    )


def _wanted() -> str:
    chosen = request.args.get("list", "all")
    return chosen if chosen in reading.LISTS else abort(404)


def _back_to(dog: Dog, said: str) -> Response:
    return see_other("eservices_console.dog", dog_id=dog.id, said=said)
