"""An application whose person asked that their data be not used is left alone by staff."""

import re
from uuid import uuid4

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
DESK = "/console/personaldata"


def seen(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def test_staff_do_not_act_upon_it_and_read_why(citizen, clerk, taken, sign_in):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    asked = {"words": "Спорим", "name": "Пена", "behalf": "", "request_id": uuid4()}
    answer = citizen.post("/personaldata/new/limitation", asked)
    page = f"{DESK}/{re.search('[0-9a-f-]{36}', answer.location)[0]}"
    officer.post(f"{page}/take", {"expected_version": seen(officer, page)})
    typed = {"words": "Приемаме.", "expected_version": seen(officer, f"{page}/answer")}
    assert officer.post(f"{page}/answer", typed).status_code == 303
    case = f"/console/eservices/{taken}"
    assert "не се ползват" in clerk.get(case).text
    for act in ("ask", "issue", "refuse"):
        refused = clerk.get(f"{case}/{act}")
        assert refused.status_code == 403 and "длъжностното лице" in refused.text, act
    note = {"words": "бележка", "request_id": uuid4()}
    assert clerk.post(f"{case}/note", note).status_code == 403
    assert citizen.get(f"/eservices/cases/{taken}").status_code == 200
