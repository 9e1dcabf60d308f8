"""Reports as tests need them: who tells one, who works on it, and the steps between."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME, WORDS = "Проба Подателева", "Не свети лампата"


def picture(name="a.jpg"):
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "JPEG")
    kept.seek(0)
    return kept, name


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK)


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/reports", to="/on").status_code == 303


@pytest.fixture
def visitor(switched_on, client, at):
    class Visitor:
        def get(self, path, village=VILLAGE):
            return client.get(path, base_url=at(village))

        def post(self, path, data=None, village=VILLAGE):
            return client.post(path, data=data or {}, base_url=at(village))

        def place(self):
            return ""  # villages of the tests have no settlements

        def tell(self, kind="lamp", **changed):
            path = f"/reports/new/tell?kind={kind}&settlement={self.place()}"
            typed = {"words": WORDS, "place": "до чешмата", "name": NAME, "request_id": uuid4()}
            return self.post(path, {**typed, **changed})

    return Visitor()


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def id_of(clerk, queue="/console/reports/"):
    return re.search(r"/console/reports/([0-9a-f-]{36})", clerk.get(queue).text)[1]


def version_of(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def take(clerk, report_id):
    desk = f"/console/reports/{report_id}"
    version = version_of(clerk, desk)
    assert clerk.post(f"{desk}/take", {"expected_version": version}).status_code == 303


def close(clerk, report_id, **typed):
    path = f"/console/reports/{report_id}/close"
    version = version_of(clerk, path)
    return clerk.post(path, {"words": "Оправихме я", "expected_version": version, **typed})
