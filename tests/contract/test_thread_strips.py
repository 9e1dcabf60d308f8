"""What led to a thing and what followed stands on its own page, in every part that has stations."""

from uuid import uuid4

import pytest
from lxml.html import fromstring
from sqlalchemy import func, select

from obshto.ops.compose import all_components
from obshto.platform.thread.links import link_things
from obshto.platform.thread.models import ThreadThing

VILLAGE = "gorno-selo"
PARTS = [part.slug for part in all_components() if part.stations]


@pytest.mark.parametrize("part", PARTS)
def test_a_linked_thing_shows_its_line_on_its_own_page(part, seeded, uow_in, client, at):
    with uow_in(VILLAGE) as uow:
        thing = _linked(uow, part)
        own, thread_id, others = thing.path, thing.thread_id, _beside(uow, thing)
        uow.commit()
    shown = fromstring(client.get(own, base_url=at(VILLAGE)).text)
    [strip] = shown.xpath('//section[@aria-labelledby="thread"]')
    said = " ".join(strip.text_content().replace("\xa0", " ").split())
    assert "Какво доведе дотук и какво последва" in said and "(тази страница)" in said
    assert others
    for path, title in others:
        assert title in said and strip.xpath(f'.//a[@href="{path}"]')
    assert strip.xpath(f'.//a[@href="/thread/{thread_id}"]')


def _linked(uow, part):
    """A thing with a page of its own beside which another stands, linked here if none is."""
    own = select(ThreadThing).where(ThreadThing.is_shown, ThreadThing.path.not_like("%#%"))
    many = select(ThreadThing.thread_id).where(ThreadThing.is_shown)
    many = many.group_by(ThreadThing.thread_id).having(func.count() > 1)
    rows = own.where(ThreadThing.part == part).order_by(ThreadThing.since, ThreadThing.object_id)
    if found := uow.session.scalars(rows.where(ThreadThing.thread_id.in_(many))).first():
        return found
    thing = uow.session.scalars(rows).first()
    assert thing, "the seeds have none to look at"
    other = uow.session.scalars(own.where(ThreadThing.part != part).limit(1)).one()
    ends = (other.part, other.object_id), (part, thing.object_id)
    link_things(uow, *ends, request_id=uuid4())
    return thing


def _beside(uow, thing):
    """Path and title of the others of its thread, as a page writes them."""
    beside = ThreadThing.thread_id == thing.thread_id, ThreadThing.object_id != thing.object_id
    rows = select(ThreadThing.path, ThreadThing.title).where(*beside, ThreadThing.is_shown)
    return [(path, " ".join(title.split())) for path, title in uow.session.execute(rows)]
