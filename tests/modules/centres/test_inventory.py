"""Inventory: what breaks takes its seat out of booking, what is mended gives it back."""

from uuid import uuid4

import pytest

from obshto.modules.centres.errors import StaleItem
from obshto.modules.centres.services.inventory import (
    ItemEntry,
    RepairEntry,
    bring_back,
    item_of,
    overbooked,
    repairs_of,
    report_broken,
    write_item,
    write_off,
    write_repair,
)
from obshto.modules.centres.services.kinds import COMPUTER, PART
from obshto.platform.bookings.resources import resource_of
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def seats(uow, written, thing):
    """A centre with two seats at computers, each a thing of the inventory."""
    centre = written(uow)
    resource = thing(uow, centre, capacity=2)
    entry = ItemEntry(centre_id=centre.id, kind=COMPUTER, name="Компютър", resource_id=resource.id)
    items = [write_item(uow, entry, request_id=uuid4()) for _ in range(2)]
    return resource, items


def _broken(uow, item):
    report_broken(uow, item, "Не тръгва", expected_version=item.version)


def _mended(uow, item, **more):
    told = RepairEntry(done_on=day_of(uow.now), work="Сменен диск", **more)
    write_repair(uow, item, told, request_id=uuid4(), expected_version=item.version)


def _free(resource):
    return 0 if resource.retired_at else resource.capacity


@pytest.mark.parametrize("order", ([0, 1], [1, 0]))
def test_seats_of_broken_computers_are_out_of_booking_until_mended_in_any_order(uow, seats, order):
    resource, items = seats
    for left, item in zip((1, 0), items, strict=True):
        _broken(uow, item)
        _broken(uow, item)  # the same form again
        assert _free(resource) == left
    for left, number in zip((1, 2), order, strict=True):
        _mended(uow, items[number], cost_cents=4500)
        assert _free(resource) == left
    assert {item.seat_out for item in items} == {""}
    [repair] = repairs_of(uow, items[0])
    assert (repair.trouble, repair.cost_cents) == ("Не тръгва", 4500)


def test_a_repair_that_did_not_help_leaves_the_seat_out(uow, seats):
    resource, (item, _) = seats
    _broken(uow, item)
    _mended(uow, item, works_now=False)
    assert _free(resource) == 1 and item.trouble == "Не тръгва"


def test_what_was_written_off_by_mistake_comes_back_as_it_was(uow, seats):
    resource, (item, other) = seats
    write_off(uow, item, "Стар", expected_version=item.version)
    _broken(uow, other)
    write_off(uow, other, "Изгорял", expected_version=other.version)
    assert _free(resource) == 0
    bring_back(uow, item, expected_version=item.version)
    assert _free(resource) == 1
    bring_back(uow, other, expected_version=other.version)
    assert _free(resource) == 1 and other.trouble == "Не тръгва"
    with pytest.raises(StaleItem):
        write_off(uow, item, "Стар", expected_version=1)


def test_times_with_more_people_than_seats_are_named(
    uow_in, visitor, place, keeper, path_of, seats_of_place
):
    visitor.book(place.computer, visitor.times(place.computer)[0])
    with uow_in(VILLAGE) as uow:
        item = item_of(uow, seats_of_place)
        _broken(uow, item)
        assert len(overbooked(uow, item)) == 1
        uow.commit()
    page = keeper.get(f"/console/centres/inventory/{seats_of_place}").text
    assert "В 1 час са записани повече хора" in page
    assert visitor.times(place.computer) == []


@pytest.fixture
def seats_of_place(uow_in, place):
    with uow_in(VILLAGE) as uow:
        seat = resource_of(uow, PART, place.computer)
        entry = ItemEntry(
            centre_id=place.centre, kind=COMPUTER, name="Компютър до вратата", resource_id=seat.id
        )
        item = write_item(uow, entry, request_id=uuid4())
        uow.commit()
        return item.id


def test_a_clerk_keeps_the_inventory_finds_prints_and_takes_it_away(
    clerk, place, path_of, version_of
):
    typed = {"name": "Принтер", "kind": "printer", "centre": place.centre, "seat": ""}
    made = {**typed, "note": "", "request_id": uuid4()}
    paths = {
        path_of(clerk.post("/console/centres/inventory/new", made))
        for _ in range(2)  # a second click
    }
    [path] = paths
    assert path in clerk.get("/console/centres/inventory?words=1").text
    assert path not in clerk.get("/console/centres/inventory?words=столове").text
    labels = clerk.get("/console/centres/inventory/labels").text
    assert "№\xa01" in labels and "Принтер" in labels
    table = clerk.get("/console/centres/inventory.csv").text
    assert "1;Принтер;" in table
    version = version_of(clerk.get(f"{path}/broken").text)
    silent = clerk.post(f"{path}/broken", {"words": "", "expected_version": version})
    assert silent.status_code == 422 and "Напишете какво не работи" in silent.text
    typed = {"words": "Дъвче хартията", "expected_version": version}
    assert path_of(clerk.post(f"{path}/broken", typed)) == path
    assert "Дъвче хартията" in clerk.get("/console/centres/inventory?state=broken").text
    late = clerk.post(f"{path}/broken", {"words": "Друго", "expected_version": version})
    assert late.status_code == 422 and "промени тази вещ" in late.text and "Друго" in late.text


def test_only_who_keeps_it_sees_the_inventory_and_no_neighbour(
    sign_in, switched_on, seats_of_place
):
    path = f"/console/centres/inventory/{seats_of_place}"
    assert sign_in(VILLAGE, Role.MAYOR).get(path).status_code == 403
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(path).status_code == 404


def test_a_thing_breaks_is_mended_written_off_and_brought_back_on_its_pages(
    keeper, clerk, sign_in, place, uow_in, path_of
):
    with uow_in(VILLAGE) as begun:
        entry = ItemEntry(centre_id=place.centre, kind=COMPUTER, name="Компютър до прозореца")
        path = f"/console/centres/inventory/{write_item(begun, entry, request_id=uuid4()).id}"
        begun.commit()
    assert path_of(keeper.press(f"{path}/broken", words="Не тръгва")) == path
    assert "Не тръгва" in keeper.get(path).text
    told = {"work": "Сменен диск", "cost": "45,50", "works_now": "y"}
    wrong = keeper.press(f"{path}/repair", **told, done_on="2000-13-01")
    assert wrong.status_code == 422 and "Сменен диск" in wrong.text
    today = f"{day_of(now()):%Y-%m-%d}"
    assert path_of(keeper.press(f"{path}/repair", **told, done_on=today)) == path
    page = keeper.get(path).text
    assert "Сменен диск" in page and "45,50" in page and "Отбележете повреда" in page
    empty = keeper.press(f"{path}/write-off", words="")
    assert empty.status_code == 422 and "Напишете защо я отписвате" in empty.text
    assert path_of(keeper.press(f"{path}/write-off", words="Остарял")) == path
    assert "Остарял" in keeper.get(path).text
    assert path_of(keeper.press(path, f"{path}/back")) == path
    assert "Отпишете вещта" in keeper.get(path).text
    neighbour = sign_in(NEIGHBOUR, Role.EDITOR)
    for end in ("", "/repair", "/write-off"):
        assert neighbour.get(f"{path}{end}").status_code == 404
