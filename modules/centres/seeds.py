"""Demonstration centres of the Vidin region: invented, in each municipality's own villages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.centres.errors import ShiftsOverlap
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.inventory import (
    ItemEntry,
    RepairEntry,
    repairs_of,
    report_broken,
    write_item,
    write_off,
    write_repair,
)
from obshto.modules.centres.services.kinds import (
    COMPUTER,
    HELPER,
    IN_PERSON,
    LARGE_KEYBOARD,
    OFFICE,
    PART,
    ROOM,
)
from obshto.modules.centres.services.queries import offered_by
from obshto.modules.centres.services.rota import (
    WEEK,
    ShiftEntry,
    add_shift,
    is_open_on,
    monday_of,
)
from obshto.modules.centres.services.volunteers import write_volunteer
from obshto.modules.centres.services.walk_in import add_guest, computers_of, seat_guest
from obshto.platform.bookings.agreements import write_agreement
from obshto.platform.bookings.free_slots import FreeSlot, free_slots
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.queries import booking_told
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.bookings.services import Booker, book, join_waiting_list, mark_attended
from obshto.platform.cases.channels import COUNTER, PHONE
from obshto.platform.clock import day_of
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.opening_hours.hours import Hours, Span, stored
from obshto.platform.opening_hours.hours_text import changes_of, spans_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipality_here, named_settlements, points_of_settlements

Names = Mapping[str, Mapping[str, str]]
WORK, SHUT = "8:30-12, 13-17", "затворено"
CHANGES = "24.12-26.12: затворено"
PAST = timedelta(weeks=5)  # beyond what is booked ahead: no other booking stands there


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their names, so seeding twice is harmless."""
    names = named_settlements(uow.scope.slug)
    codes = list(names) or [""]
    phone = str(municipality_here(uow).contact.get("phone", "")) or "0938 12 345"
    seat = _centre(uow, names, codes[0], phone)
    _things(uow, seat)
    village = _village(uow, names, codes[1 % len(codes)], phone)
    _write_thing(uow, village, ResourceEntry(kind=COMPUTER, name="Компютър", capacity=2))
    mayor, *_ = [_published(uow, entry) for entry in _offices(names, codes[0], phone)]
    _received(uow, mayor)
    _write(uow, CentreEntry(name="Център в строеж", address="пл. Свобода 1", phone=phone))
    _bookings(uow, seat, phone)
    _inventory(uow, seat)
    _rota(uow, seat)


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    told = CentreEntry(name=f"Контролна чернова {mark}")
    write_centre(uow, told, request_id=uuid5(NAMESPACE_URL, mark))


def _centre(uow: UnitOfWork, names: Names, code: str, phone: str) -> Centre:
    latitude, longitude = points_of_settlements().get(code, (None, None))
    entry = CentreEntry(
        name="Дигитален център в читалището",
        about="Шест компютъра, тиха стая и човек, който показва. Безплатно е.",
        helper="Помощник има всеки вторник и четвъртък от 10 до 12 ч.",
        ekatte=code,
        settlement=dict(names.get(code, {})),
        address="ул. Възраждане 12, първи етаж на читалището",
        latitude=latitude,
        longitude=longitude,
        phone=phone,
        features=("step-free", "toilet", "parking", "accessible-parking", "wifi", "printer"),
        equipment=(LARGE_KEYBOARD, "screen-reader", "magnifier", "headphones", "camera"),
        hours=_hours((WORK,) * 5 + ("9-13", SHUT)),
        translations={
            "en": {
                "name": "Digital centre in the community house",
                "about": "Six computers, a quiet room and a helper. It is free.",
            },
            "ro": {
                "name": "Centrul digital din casa de cultură",
                "about": "Șase calculatoare, o cameră liniștită și un ajutor. Este gratuit.",
            },
        },
    )
    return _published(uow, entry)


def _village(uow: UnitOfWork, names: Names, code: str, phone: str) -> Centre:
    entry = CentreEntry(
        name="Компютри в кметството",
        about="Два компютъра в стаята до кметството.",
        ekatte=code,
        settlement=dict(names.get(code, {})),
        address="пл. Свобода 1",
        phone=phone,
        features=("wifi",),
        equipment=(LARGE_KEYBOARD,),
        hours=_hours(("9-12", "9-12", "9-12", "9-12", "9-12", SHUT, SHUT)),
    )
    return _published(uow, entry)


def _offices(names: Names, code: str, phone: str) -> list[CentreEntry]:
    told = (
        ("Кмет на общината", "Мнения, молби и предложения.", (SHUT, "14-16") + (SHUT,) * 5),
        (
            "Секретар на общината",
            "Въпроси за услугите и служителите.",
            (SHUT, SHUT, SHUT, "10-12", SHUT, SHUT, SHUT),
        ),
        (
            "Отдел „Устройство на територията“",
            "Скици, строежи, имоти.",
            ("9-12", SHUT, "9-12", SHUT, SHUT, SHUT, SHUT),
        ),
    )
    return [
        CentreEntry(
            kind=OFFICE,
            name=name,
            about=about,
            ekatte=code,
            settlement=dict(names.get(code, {})),
            address="Сградата на общината, втори етаж",
            phone=phone,
            hours=_hours(week),
        )
        for name, about, week in told
    ]


def _things(uow: UnitOfWork, centre: Centre) -> None:
    helping = stored(_hours((SHUT, "10-12", SHUT, "10-12", SHUT, SHUT, SHUT)))
    for entry in (
        ResourceEntry(kind=COMPUTER, name="Компютър", capacity=6, most_slots=2),
        ResourceEntry(
            kind=ROOM,
            name="Тиха стая за видеоразговор",
            note="С камера и слушалки. За лекар, съд, близки в чужбина.",
        ),
        ResourceEntry(
            kind=HELPER,
            name="Час с помощник",
            note="Донесете телефона си. Показваме на него.",
            slot_minutes=30,
            hours=helping,
        ),
    ):
        _write_thing(uow, centre, entry)


def _bookings(uow: UnitOfWork, centre: Centre, phone: str) -> None:
    """A helper who is booked out, somebody in line, a computer, a guest."""
    things = {one.kind: one for one in offered_by(uow, [centre])[centre.id]}
    helper, computer = things[HELPER], things[COMPUTER]
    for number, slot in enumerate(_next(uow, helper, 2)):
        _book(uow, helper, slot, number, _somebody(phone=phone))
    [first] = _next(uow, helper, 1)
    key = uuid5(centre.request_id, "waiting")
    join_waiting_list(uow, helper, first.starts_at, _somebody(), request_id=key)
    for number, slot in enumerate(_next(uow, computer, 3)):
        _book(uow, computer, slot, number, _somebody(equipment=(LARGE_KEYBOARD,)))
    for number in range(2):
        visit = add_guest(uow, centre, request_id=uuid5(centre.request_id, f"guest {number}"))
    [seats] = computers_of(uow, centre)
    uow.session.flush()
    if visit.seated_at is None and visit.ended_at is None:
        seat_guest(uow, centre, visit, seats, 6, expected_version=visit.version)


def _received(uow: UnitOfWork, office: Centre) -> None:
    """One who comes to the mayor, two who were there: with one of them something was agreed."""
    [reception] = offered_by(uow, [office])[office.id]
    wishes = ("За чешмата на площада", "За осветлението по улицата", "За пътя към гробището")
    times = zip(_next(uow, reception, len(wishes)), wishes, strict=False)
    for number, (slot, wish) in enumerate(times):
        who = Booker(name="Проба Пробов", wish=wish, manner=IN_PERSON, channel=COUNTER)
        made = _book(uow, reception, slot, number, who)
        if number and made.attended is None:
            _came(uow, made, "Общината сменя двете лампи до края на месеца." * (number == 1))


def _came(uow: UnitOfWork, booking: Booking, agreed: str) -> None:
    """It was weeks ago, they came."""
    slot = uow.session.get_one(Slot, booking.slot_id)
    slot.starts_at, slot.ends_at = slot.starts_at - PAST, slot.ends_at - PAST
    uow.session.flush()
    one = booking_told(uow, booking.id)
    mark_attended(uow, one, PART, True, expected_version=one.version)
    uow.session.flush()
    if agreed:
        write_agreement(uow, one, PART, agreed, expected_version=one.version)


def _inventory(uow: UnitOfWork, centre: Centre) -> None:
    """Two computers, a printer that was mended, chairs; a keyboard that does not work."""
    [computers] = computers_of(uow, centre)
    for name, kind, seat in (
        ("Компютър до прозореца", COMPUTER, computers.id),
        ("Компютър до вратата", COMPUTER, computers.id),
        ("Принтер и скенер", "printer", None),
        ("Шест стола", "furniture", None),
        ("Клавиатура с едри букви", "special", None),
        ("Стар монитор", "other", None),
    ):
        entry = ItemEntry(centre_id=centre.id, kind=kind, name=name, resource_id=seat)
        item = write_item(uow, entry, request_id=uuid5(centre.request_id, name))
        uow.session.flush()
        seen = {"expected_version": item.version}
        if kind == "printer" and not repairs_of(uow, item):
            entry_of_repair = RepairEntry(
                done_on=day_of(uow.now),
                work="Сменени ролки за хартията",
                by="Сервиз Пример",
                cost_cents=4500,
            )
            key = uuid5(item.request_id, "repair")
            write_repair(uow, item, entry_of_repair, request_id=key, **seen)
        if kind == "special" and item.version == 1:
            report_broken(uow, item, "Не се натискат два клавиша", **seen)
        if kind == "other" and item.version == 1:
            write_off(uow, item, "Дадохме го на училището", **seen)


def _rota(uow: UnitOfWork, centre: Centre) -> None:
    """A volunteer on two days of the coming week, a substitute sought; the phone is invented."""
    key = uuid5(centre.request_id, "volunteer")
    helper = write_volunteer(uow, "Проба Пробова", "0888 000 000", request_id=key)
    first = monday_of(day_of(uow.now)) + WEEK
    for ahead, span in ((0, Span(510, 720)), (2, Span(780, 1020))):
        day = first + timedelta(days=ahead)
        if is_open_on(centre, day):
            entry = ShiftEntry(day=day, span=span, who=helper.id)
            try:
                shift = add_shift(uow, centre, entry, request_id=uuid5(key, day.isoformat()))
            except ShiftsOverlap:  # it was written in another week, when this one was the next
                continue
            if ahead and shift.version == 1:
                shift.asked_at = uow.now
                uow.session.flush()


def _book(uow: UnitOfWork, resource: Resource, slot: FreeSlot, number: int, who: Booker) -> Booking:
    key = uuid5(resource.request_id, f"booking {number}")
    made = book(uow, resource, [slot.starts_at], who, request_id=key)
    uow.session.flush()
    return made


def _somebody(phone: str = "", equipment: tuple[str, ...] = ()) -> Booker:
    """Invented; the phone is the invented one of the municipality."""
    reach = read_phone(phone) or ""
    return Booker(name="Проба Пробова", phone=reach, equipment=equipment, channel=PHONE)


def _next(uow: UnitOfWork, resource: Resource, number: int) -> Sequence[FreeSlot]:
    """The first times from tomorrow on, whether free or not."""
    day = day_of(uow.now)
    days = [day + timedelta(days=ahead) for ahead in range(1, 15)]
    found = (slot for of_day in free_slots(uow, resource, days).values() for slot in of_day)
    return list(islice(found, number))


def _hours(week: Sequence[str]) -> Hours:
    return Hours(week=tuple(spans_of(line) for line in week), changes=changes_of(CHANGES))


def _published(uow: UnitOfWork, entry: CentreEntry) -> Centre:
    centre = _write(uow, entry)
    if not centre.is_published:
        publish_centre(uow, centre, True, expected_version=centre.version)
        uow.session.flush()
    return centre


def _write(uow: UnitOfWork, entry: CentreEntry) -> Centre:
    centre = write_centre(uow, entry, request_id=_key(uow, entry.name))
    uow.session.flush()
    return centre


def _write_thing(uow: UnitOfWork, centre: Centre, entry: ResourceEntry) -> None:
    key = uuid5(centre.request_id, entry.name)
    write_resource(uow, PART, centre.id, entry, request_id=key)


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"centres/{uow.scope.slug}/{name}")
