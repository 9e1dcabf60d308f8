"""The forum as tests need it: somebody of the staff, a discussion that is there, daylight."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from obshto.modules.forum.services.posts import (
    NewDiscussion,
    PostWords,
    start_discussion,
    write_post,
)
from obshto.platform.cases.channels import COUNTER
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # in Sofia


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        for slug in ("forum", "proposals"):
            assert admin.press(f"/console/tenants/{slug}", to="/on").status_code == 303


@pytest.fixture
def clerk_id(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK).person_id


@pytest.fixture
def uow(uow_in, clerk_id):
    """A clerk's unit of work, at noon."""
    with uow_in(VILLAGE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=clerk_id, name="Проба Служител"))
        object.__setattr__(begun, "now", NOON)
        yield begun


@pytest.fixture
def citizen(uow):
    """citizen(at=…): the same unit of work, of a person with an account."""
    who = Principal(person_id=uuid4(), name="Проба Гражданинова")
    return lambda at=NOON: replace(uow, principal=who, now=at)


@pytest.fixture
def said():
    """said(words): a post as typed."""
    return _said


def _said(words="Пейката е счупена.", **changed):
    return PostWords(**{"words": words, "author": "Проба Авторова", **changed})


@pytest.fixture
def begin():
    """begin(uow): a discussion with its first post, entered at the counter."""

    def begun(uow, *, request_id=None, **changed):
        told = NewDiscussion(
            title="Пейката пред магазина",
            subject="streets",
            settlement="",
            said=_said(**{"channel": COUNTER, **changed}),
        )
        return start_discussion(uow, told, request_id=request_id or uuid4())

    return begun


@pytest.fixture
def add():
    """add(uow, first): another post in the same discussion."""

    def added(uow, first, *, request_id=None, **changed):
        words = _said(**{"channel": COUNTER, **changed})
        return write_post(uow, first.discussion_id, words, request_id=request_id or uuid4())

    return added
