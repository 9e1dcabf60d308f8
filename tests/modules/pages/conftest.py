"""An editor, a visitor, and the ways they take."""

import re
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine

from obshto.modules.pages.models import Kind, Section
from obshto.modules.pages.services import edits, publication
from obshto.modules.pages.services.edits import Text
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
TEXT = Text(
    title="Извозване на боклука",
    summary="Кога минаваме",
    markdown="Камионът тръгва в **7:00** ч.",
    details={"price": "безплатно", "where": "пред дома Ви"},
)


@pytest.fixture(autouse=True)
def pages_on(request):
    """The village has pages switched on, in every test that has villages."""
    if "house" not in request.fixturenames:
        return
    engine = create_engine(request.getfixturevalue("config").migrator)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE shared.tenant SET modules = %s WHERE slug = %s", (["news", "pages"], VILLAGE)
        )
    engine.dispose()


@pytest.fixture
def text():
    return TEXT


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=Principal(person_id=uuid4(), name="Росица Пенкова"))


@pytest.fixture
def page(uow):
    return edits.write_page(
        uow, TEXT, kind=Kind.SERVICE, section=Section.ENVIRONMENT, request_id=uuid4()
    )


@pytest.fixture
def published(uow, page):
    publication.publish_page(uow, page, expected_version=page.version)
    uow.session.flush()
    return page


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")


@pytest.fixture
def visit(client, at):
    return lambda path, **more: client.get(path, base_url=at(VILLAGE), **more)


class Desk:
    """What an editor does with one page, by its forms."""

    def __init__(self, editor, page_id):
        self.editor, self.id, self.path = editor, page_id, f"/console/pages/{page_id}"

    def change(self, **typed):
        return self.editor.press(self.path, **typed)

    def publish(self, **typed):
        return self.editor.press(f"{self.path}/publish", **typed)

    def attach(self, content, name, title="Тарифа", what="document"):
        page = f"{self.path}/{what}"
        return self.editor.press(page, file=(BytesIO(content), name), title=title)

    def attached(self):
        """The ids of its files, in the order in which they came."""
        found = re.findall(
            r"/console/pages/files/([0-9a-f-]{36})\"", self.editor.get(self.path).text
        )
        return list(dict.fromkeys(found))


@pytest.fixture
def begin(editor):
    """begin(kind, **typed): a draft that was just saved."""

    def write(kind="service", **typed):
        answer = editor.press(f"/console/pages/new/{kind}", **FIELDS | typed)
        assert answer.status_code == 303, answer.text
        return Desk(editor, re.search(r"/console/pages/([0-9a-f-]{36})", answer.location)[1])

    return write


FIELDS = {
    "title": TEXT.title,
    "summary": TEXT.summary,
    "markdown": TEXT.markdown,
    "section": "environment",
}


@pytest.fixture
def picture():
    made = BytesIO()
    Image.new("RGB", (1000, 500), "#14532d").save(made, "JPEG")
    return made.getvalue()
