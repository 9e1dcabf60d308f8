"""A clerk of the first village who asks."""

from uuid import uuid4

import pytest

from obshto.ops.helpdesk.services import Question, ask
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow

ASK = "/console/helpdesk/ask"


@pytest.fixture
def clerk(sign_in):
    return sign_in("gorno-selo", Role.EDITOR, name="Мария Писарска", email="maria@v.example")


@pytest.fixture
def ticket(app, clerk):
    """ticket(): a question of that clerk, as its row."""

    def make(slug="gorno-selo", title="Не мога да кача герба", person_id=clerk.person_id):
        who = Principal(person_id=person_id, name="Мария Писарска")
        with app.app_context(), open_uow(None, who) as region:
            return ask(region, slug, Question(title=title, text="Пише грешка"), request_id=uuid4())

    return make
