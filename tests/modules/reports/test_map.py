"""Maps of reports: the clerk's beside the queue, the place told by a tap, what is near a point."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role
from obshto.platform.village_map import Village, picker_map

HERE, THERE = "gorno-selo", "dolno-selo"
SEAT, VILLAGE, FAR = "40525", "69002", "03616"  # settlements whose places are known
MOST = 12  # statements of one page
OWN = {  # columns of a copied report that are its own
    *("id", "request_id", "sequence", "kind", "settlement", "public_words"),
    *("latitude", "longitude", "sent_at", "code_index"),
}
NAMES = {SEAT: "Кула", VILLAGE: "Старопатица", FAR: "Белоградчик"}


@pytest.fixture
def villages(house, config):
    """Reports are on in both municipalities; the first has two settlements, the other one."""
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES (:code, :slug, 'село', cast(:names AS jsonb), true, 'a')"
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
        for slug, code in ((HERE, SEAT), (HERE, VILLAGE), (THERE, FAR)):
            names = json.dumps({"bg": NAMES[code], "en": NAMES[code]})
            connection.execute(add, {"slug": slug, "code": code, "names": names})
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
    engine.dispose()


@pytest.fixture
def tell(uow_in, villages):
    """tell(settlement, …): the number of a report that somebody told."""

    def go(settlement=SEAT, *, slug=HERE, **more):
        told = {"kind": "lamp", "words": "Не свети", "place": "до чешмата", **more}
        with uow_in(slug) as uow:
            report = send_report(
                uow, ReportWords(settlement=settlement, **told), request_id=uuid4()
            )
            uow.commit()
            return report.number

    return go


@pytest.fixture
def clerk(sign_in, villages):
    return sign_in(HERE, Role.REGISTRY_CLERK)


def test_the_map_beside_the_queue_counts_the_list_by_village_and_leads_there(tell, clerk):
    for settlement in (SEAT, SEAT, VILLAGE):
        tell(settlement, name="Проба Подателева", point=(43.99111, 22.87222))
    tell(VILLAGE, kind="road")
    tell(FAR, slug=THERE)
    page = clerk.get("/console/reports/?kind=lamp").text
    drawn = page[page.index('<svg class="ob-map"') : page.index("</svg>", page.index("ob-map"))]
    assert 'aria-label="Кула: 2"' in drawn and 'aria-label="Старопатица: 1"' in drawn
    assert f'href="/console/reports/?list=new&amp;kind=lamp&amp;settlement={VILLAGE}"' in drawn
    assert not [word for word in ("Проба", "43.99", "Белоградчик") if word in drawn]
    there = clerk.get(f"/console/reports/?list=new&kind=lamp&settlement={VILLAGE}").text
    assert 'aria-label="Кула: 2"' in there and 'aria-current="true"' in there
    assert "ob-map" not in clerk.get("/console/reports/?list=done").text


def test_the_place_is_pointed_at_on_a_map_of_the_villages_and_without_scripts_typed(
    client, at, clerk, villages
):
    path = f"/reports/new/tell?kind=lamp&settlement={VILLAGE}"
    portal = client.get(path, base_url=at(HERE)).text
    for page in (portal, clerk.get("/console/reports/enter").text):
        start = page.index('data-pick="point"')
        picker = page[start : page.index("</svg>", start)]
        assert "hidden>" in picker[: picker.index("<svg")]  # there with scripts alone
        assert picker.count("data-village=") == 2 and NAMES[FAR] not in picker
    assert f'data-at="{VILLAGE}"' in portal


def test_what_the_map_says_is_read_back_as_the_same_point():
    places = [Village("1", "Кула", (43.8880, 22.5214)), Village("2", "Чичил", (43.9001, 22.6012))]
    chart = picker_map(places)
    frame = chart.frame
    for village, drawn in zip(places, chart.villages, strict=True):
        latitude = frame.north - (drawn.y - frame.edge) / frame.down
        longitude = frame.west + (drawn.x - frame.left) / frame.across
        assert (latitude, longitude) == pytest.approx(village.point, abs=0.0005)
    assert picker_map([]) is None


def test_what_others_told_within_100_m_is_shown_before_the_rest(tell, client, at):
    point = (43.88800, 22.52200)  # a degree of latitude is 111 km
    beside = tell(VILLAGE, kind="road", point=(43.88880, 22.52200))
    closest = tell(SEAT, kind="lamp", point=(43.88810, 22.52200))
    away = tell(SEAT, kind="lamp", point=(43.89200, 22.52200))
    tell(FAR, slug=THERE, point=point)
    tell(SEAT, kind="parking", point=point)  # accuses somebody: not public
    said = f"kind=lamp&point={point[0]}, {point[1]}"
    page = client.get(f"/reports/new/tell?{said}&settlement={SEAT}", base_url=at(HERE)).text
    assert page.index(closest) < page.index(beside) < page.index("В същото") < page.index(away)
    assert page.count(closest) == 1
    found = client.get(f"/reports/new/near?{said}", base_url=at(HERE))
    assert [row["number"] for row in found.json] == [closest, beside]
    assert "43." not in found.text and "no-store" in found.headers["Cache-Control"]
    assert client.get("/reports/new/near?point=x", base_url=at(HERE)).status_code == 404
    assert client.get("/reports/new/near", base_url=at(HERE)).json == []


def test_asking_point_after_point_tells_no_house(tell, client, at, uow_in):
    tell(SEAT, point=(43.88790, 22.52240))

    def answers():
        steps = [43.8860 + step * 0.0001 for step in range(40)]
        paths = [f"/reports/new/near?kind=lamp&point={step:.4f}, 22.5220" for step in steps]
        return [len(client.get(path, base_url=at(HERE)).json) for path in paths]

    before = answers()
    with uow_in(HERE) as uow:
        for row in uow.session.scalars(select(Report)):
            row.latitude, row.longitude = 43.88830, 22.52160  # another house of the same cell
        uow.commit()
    assert answers() == before and {*before} == {0, 1}


def test_the_public_map_counts_the_villages_and_leads_to_the_reports_of_one(tell, client, at):
    numbers = [tell(VILLAGE), tell(SEAT), tell(SEAT, kind="road")]
    tell(SEAT, kind="parking")  # accuses somebody: counted nowhere
    tell(FAR, slug=THERE)
    page = client.get("/reports/map", base_url=at(HERE)).text
    assert 'aria-label="Кула: 2"' in page and 'aria-label="Старопатица: 1"' in page
    assert NAMES[FAR] not in page and page.count('aria-label="Кула') == 1
    there = client.get(f"/reports/map?settlement={VILLAGE}", base_url=at(HERE)).text
    assert numbers[0] in there and numbers[1] not in there and 'aria-label="Кула: 2"' in there


def test_the_list_stands_beside_the_public_map_and_both_are_narrowed_by_state(
    tell, client, at, clerk, uow_in
):
    open_one, done = tell(VILLAGE), tell(SEAT)
    with uow_in(HERE) as uow:
        row = next(one for one in uow.session.scalars(select(Report)) if one.number == done)
        row.state, row.ended_at = "confirmed", uow.now
        uow.commit()

    def page(query=""):
        return client.get(f"/reports/map{query}", base_url=at(HERE)).text

    whole, opened, ended = page(), page("?state=open"), page("?state=done")
    assert open_one in whole and done in whole
    assert (
        whole.index('class="ob-cols"') < whole.index('<svg class="ob-map"') < whole.index(open_one)
    )
    assert open_one in opened and done not in opened and 'aria-label="Кула' not in opened
    assert done in ended and open_one not in ended and 'aria-label="Старопатица' not in ended
    assert '<option value="done" selected>' in ended
    assert "settlement=" in ended and "state=done" in ended  # the village keeps the state


@pytest.fixture
def many(tell, config):
    """20,000 reports of all kinds in both settlements, each with a point and words of staff."""
    tell(SEAT, point=(43.888, 22.522))
    kept = [column.name for column in Report.__table__.columns if column.name not in OWN]
    chosen = ", ".join(f'r."{name}"' for name in kept)
    names = ", ".join(f'"{name}"' for name in kept)
    copies = text(
        f"INSERT INTO t_gorno_selo.reports_report ({names}, id, request_id, sequence, kind,"
        " settlement, public_words, latitude, longitude, sent_at)"
        f" SELECT {chosen}, gen_random_uuid(), gen_random_uuid(), n, (array['lamp', 'road',"
        " 'water'])[1 + n % 3], (array[:seat, :village])[1 + n % 2], repeat('Дупка на пътя. ', 13),"
        " 43.8 + n % 200 * 0.0005, 22.4 + n % 300 * 0.0005, r.sent_at - n * interval '1 minute'"
        " FROM t_gorno_selo.reports_report r, generate_series(2, 20000) n"
    )
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(copies, {"seat": SEAT, "village": VILLAGE})
        connection.execute(text("ANALYZE t_gorno_selo.reports_report"))
    engine.dispose()


@pytest.mark.parametrize(
    "path",
    [
        "/reports/",
        "/reports/?page=400",
        "/reports/map",
        "/reports/map?kind=lamp",
        f"/reports/new/tell?kind=lamp&settlement={SEAT}&point=43.85,22.45",
        "/console/reports/",
    ],
)
def test_pages_of_20_000_reports_are_few_statements_and_150_kb(many, clerk, statements_of, path):
    answers = []
    heard = statements_of(lambda: answers.append(clerk.get(path)))
    [answer] = answers
    assert answer.status_code == 200
    assert "2026-" in answer.text or "ob-map" in answer.text
    assert len(heard) <= MOST
    assert len(answer.data) <= 150 * 1024
