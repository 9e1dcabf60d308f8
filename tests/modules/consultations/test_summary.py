"""Summary of a consultation: three sentences are asked for, nobody is stopped by a fourth."""

from uuid import uuid4

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
WRITTEN = {
    "kind": "ordinance",
    "title": "Наредба за дърветата",
    "draft": "Първи абзац\nВтори абзац",
}


def test_a_summary_longer_than_three_sentences_is_told_and_nothing_is_stopped(sign_in):
    admin, secretary = sign_in(VILLAGE, Role.ADMIN), sign_in(VILLAGE, Role.SECRETARY)
    assert admin.press("/console/tenants/consultations", to="/on").status_code == 303
    reasons = "Дърветата пазят сянка. Хората ги искат. Наредбата казва кой ги полива и кога."
    for summary, is_told in (("Едно. Две. Три.", False), ("Едно. Две. Три. Четири.", True)):
        typed = {**WRITTEN, "reasons": reasons, "summary": summary, "request_id": uuid4()}
        page = secretary.post("/console/consultations/new", typed | {"check_language": "reasons"})
        assert ("Оставете най-много три изречения" in page.text) == is_told and summary in page.text
        assert secretary.post("/console/consultations/new", typed).status_code == 303
