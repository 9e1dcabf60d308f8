"""The register of dogs for the staff: its lists, a dog by its chip, who keeps it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.forms.dogs import BroughtForm, ChipForm, KeeperForm
from obshto.modules.eservices.models import Dog
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.departments import expect_own
from obshto.modules.eservices.services.dogs import duties, event_text, found_dogs, queries
from obshto.platform.clock import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


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
    dog = queries.dog_by_chip(current_uow(), form.chip.data)
    if dog is None:
        return _list(form, is_unknown=True)
    return see_other(".dog", dog_id=dog.id)


@console.get("/dogs/<uuid:dog_id>")
@requires(ServicesPermission.HANDLE)
def dog(dog_id: UUID) -> str:
    """The dog; who keeps it only to who said a purpose."""
    return _page(_dog(dog_id), KeeperForm(), BroughtForm())


@console.post("/dogs/<uuid:dog_id>/look")
@requires(ServicesPermission.HANDLE)
def open_dog(dog_id: UUID) -> Answer:
    uow, form = current_uow(), KeeperForm()
    dog = _dog(dog_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        found_dogs.look_up(uow, dog, form.purpose.data, request_id=key, reason=reason)
        return _back_to(dog, "eservices.dog-opened")
    return _page(dog, form, BroughtForm(formdata=None)), 422


@console.post("/dogs/<uuid:dog_id>/brought")
@requires(ServicesPermission.HANDLE)
def brought(dog_id: UUID) -> Answer:
    uow, form = current_uow(), BroughtForm()
    dog = _dog(dog_id, to_change=True)
    if form.validate_on_submit():
        found_dogs.bring(uow, dog, form.words.data.strip(), request_id=form.request_id.data)
        is_told = queries.keeper_reach(uow, dog) is not None
        return _back_to(dog, f"eservices.dog-brought{'' if is_told else '-nobody'}")
    return _page(dog, KeeperForm(formdata=None), form), 422


def _dog(dog_id: UUID, *, to_change: bool = False) -> Dog:
    expect_own(current_uow(), queries.DOG)
    return queries.dog_of(current_uow(), dog_id, to_change=to_change)


def _list(form: ChipForm, *, is_unknown: bool = False) -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    expect_own(uow, queries.DOG)
    chosen = form.list.data if form.list.data in queries.LISTS else "all"
    page = paginate(uow.session, queries.listed(chosen, today=today), page_number())
    return render_template(
        "eservices/dogs.html",
        page=page,
        counts=queries.dogs_counted(uow, today=today),
        chosen=chosen,
        form=form,
        is_unknown=is_unknown,
        states=event_text.STATES,
        today=today,
    )


def _page(dog: Dog, form: KeeperForm, brought_form: BroughtForm) -> str:
    uow = current_uow()
    keepings = queries.keepings_of(uow, dog)
    found_dogs.look_at_entry(uow, dog, keepings)
    return render_template(
        "eservices/dog.html",
        dog=dog,
        looks=dog.read(),
        keepings=keepings,
        is_open=found_dogs.is_looking(uow, dog),
        bills=duties.bills_of(uow, keepings),
        entries=queries.entries_of(uow, [dog.id])[dog.id],
        names=event_text.ENTRIES,
        states=event_text.STATES,
        exempt=event_text.EXEMPT,
        purposes=event_text.PURPOSES,
        today=day_of(uow.now),
        form=form,
        brought_form=brought_form,
    )


def _wanted() -> str:
    chosen = request.args.get("list", "all")
    return chosen if chosen in queries.LISTS else abort(404)


def _back_to(dog: Dog, said: str) -> Response:
    return see_other("eservices_console.dog", dog_id=dog.id, said=said)
