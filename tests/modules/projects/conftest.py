"""A project as most tests want it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.projects.services.amounts import Amount
from obshto.modules.projects.services.edits import ProjectDetails, ProjectText, write_project
from obshto.modules.projects.services.money import Funding, add_programme, set_funding
from obshto.modules.projects.services.publication import publish_project
from obshto.modules.projects.services.stages import add_stage
from obshto.platform.clock import day_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def projects_on(house, config):
    """Projects are on in both villages, the first of which has two settlements."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('00001', :slug, 'град', '{\"bg\": \"Горно\", \"en\": \"Gorno\"}', true, 'a'),"
        " ('00002', :slug, 'село', '{\"bg\": \"Поле\", \"en\": \"Pole\"}', false, 'b')"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{projects,consultations}'"))
        connection.execute(add, {"slug": VILLAGE})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def write():
    """write(uow, title, **details): a draft that was begun a month ago."""

    def begin(uow, title="Нов водопровод", **changed):
        today = day_of(uow.now)
        told = {"starts_on": today - 30 * DAY, "ends_on": today + 60 * DAY, "ekatte": "00001"}
        words = ProjectText(title=title, summary="Тръбите се пукат.")
        details = ProjectDetails(**(told | changed))
        project = write_project(uow, words, details, request_id=uuid4())
        uow.session.flush()
        return project

    return begin


@pytest.fixture
def published(write):
    """The same, public."""

    def begin(uow, title="Нов водопровод", **changed):
        project = write(uow, title, **changed)
        publish_project(uow, project, expected_version=project.version)
        uow.session.flush()
        return project

    return begin


@pytest.fixture
def stage():
    """stage(uow, project, days): promised so many days from now."""

    def begin(uow, project, days, title="Първи километър"):
        due_on = day_of(uow.now) + days * DAY
        row = add_stage(uow, project, title=title, due_on=due_on, request_id=uuid4())
        uow.session.flush()
        return row

    return begin


@pytest.fixture
def programme():
    """programme(uow, name, source)."""

    def begin(uow, name="Бюджет на общината", source="own"):
        row = add_programme(uow, name=name, source=source, request_id=uuid4())
        uow.session.flush()
        return row

    return begin


@pytest.fixture
def fund():
    """fund(uow, project, total, {programme: part}): in hundredths of one currency."""

    def begin(uow, project, total, shares, *, currency="EUR", note=""):
        parts = tuple((row.id, Amount(part, currency)) for row, part in shares.items())
        funding = Funding(total=Amount(total, currency), shares=parts, note=note)
        set_funding(uow, project, funding, expected_version=project.version)
        uow.session.flush()

    return begin


@pytest.fixture
def standing(uow_in, published, stage):
    """standing(then): ids of a public project and its stage, committed."""

    def begin(then=None, *, place=VILLAGE, days=10, **changed):
        with uow_in(place) as uow:
            project = published(uow, **changed)
            row = stage(uow, project, days)
            if then:
                then(uow, project, row)
            uow.session.commit()
            return project.id, row.id

    return begin
