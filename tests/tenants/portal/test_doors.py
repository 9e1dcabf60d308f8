"""The menu: five doors, each with its page, none of them empty."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from obshto.ops.seed import every_module
from obshto.platform.modularity.manifest import NavEntry
from obshto.platform.permissions import Role
from obshto.platform.search.query_parser import understand
from obshto.tenants.portal import sections
from obshto.tenants.portal.home import DRAWINGS, HILLS
from obshto.tenants.portal.region import region_map

VILLAGE = "gorno-selo"
SECTIONS = "Раздели на портала"
DOORS = ["services", "participation", "life", "municipality", "help"]


@pytest.fixture
def everything_on(migrator):
    with migrator.begin() as connection:
        row = {"modules": list(every_module())}
        connection.execute(text("UPDATE shared.tenant SET modules = :modules"), row)


@pytest.fixture
def visit(client, at):
    return lambda path, slug=VILLAGE: client.get(path, base_url=at(slug))


def doors_on(page):
    bar = page.partition('class="ob-doors"')[2].partition("</nav>")[0]
    return re.findall(r'href="(?:/\w\w)?/go/(\w+)/"', bar)


def test_the_five_doors_are_the_same_on_every_page(visit, everything_on):
    for path in ("/", "/contact", "/news/", "/ro/eservices/", "/no-such-page"):
        assert doors_on(visit(path).text) == DOORS, path


def test_a_door_behind_which_there_is_nothing_is_not_there(visit):
    """Nobody takes part where no module asks anything."""
    assert "participation" not in doors_on(visit("/").text)
    assert visit("/go/participation/").status_code == 404
    assert visit("/go/life/").status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_each_door_has_a_page_whose_links_lead_somewhere(visit, everything_on, door):
    page = visit(f"/go/{door}/").text
    main = page.partition('id="main"')[2].partition("</main>")[0]
    assert len(re.findall("<h1", main)) == 1
    led = re.findall(r'<h2[^>]*><a href="([^"]+)"', main)
    assert led and all(visit(path).status_code in (200, 302) for path in led)
    assert f'/go/{door}/" aria-current="true"' in page


@pytest.mark.parametrize("door", ["settings", "nowhere"])
def test_the_settings_are_no_door_of_citizens(visit, everything_on, door):
    assert visit(f"/go/{door}/").status_code == 404


def test_the_neighbour_has_doors_of_its_own(visit, migrator):
    with migrator.begin() as connection:
        change = text("UPDATE shared.tenant SET modules = :modules WHERE slug = :slug")
        connection.execute(change, {"modules": ["polls"], "slug": VILLAGE})
        connection.execute(change, {"modules": [], "slug": "dolno-selo"})
    assert "participation" in doors_on(visit("/").text)
    assert "participation" not in doors_on(visit("/", "dolno-selo").text)
    assert visit("/go/participation/", "dolno-selo").status_code == 404


def test_the_console_has_the_same_doors_and_the_settings(sign_in, everything_on):
    page = sign_in(VILLAGE, Role.ADMIN).get("/console/news/").text
    menu = page.partition('class="ob-menu"')[2].partition("</nav>")[0]
    groups = re.findall(r"<details[^>]*><summary>([^<]+)</summary>", menu)
    order = ["Услуги", "Участие", "Живот", "Общината", "Помощ", "Настройки"]
    assert groups == [door for door in order if door in groups] and groups[-1] == "Настройки"
    # So long a menu is folded but where one is.
    assert re.findall(r"<details open><summary>([^<]+)</summary>", menu) == ["Живот"]
    assert "Новини" in menu


def test_a_short_menu_of_the_console_is_not_folded(sign_in):
    page = sign_in(VILLAGE, Role.EDITOR).get("/console/").text
    menu = page.partition('class="ob-menu"')[2].partition("</nav>")[0]
    assert "<b>Живот</b>" in menu and "Новини" in menu and "<details" not in menu


def test_drawing_of_the_place_is_under_its_own_address_alone(visit):
    [address] = re.findall(r'src="(/drawing\.[^"]+)"', visit("/").text)
    drawn = visit(address)
    assert drawn.mimetype == "image/svg+xml" and "immutable" in drawn.headers["Cache-Control"]
    assert visit("/drawing.0000000000.svg").status_code == 404


def test_each_municipality_of_the_region_has_a_light_drawing():
    drawn = {path.stem: path.stat().st_size for path in DRAWINGS.glob("*.svg")}
    assert set(drawn) - {HILLS} == set(region_map()["areas"])
    assert max(drawn.values()) <= 6 * 1024


def test_every_example_of_a_search_leads_to_a_page(visit, everything_on):
    examples = visit("/").text.partition('class="ob-examples"')[2].partition("</ul>")[0]
    led = re.findall(r'<a href="([^"]+)"', examples)
    assert len(led) == 3 and all(visit(path).status_code == 200 for path in led)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("форум", "/forum/"),
        ("гласуване", "/voting/"),
        ("курс", "/courses/"),
        ("проекти", "/projects/"),
        ("forum", "/en/forum/"),
        ("proiecte", "/ro/projects/"),
    ],
)
def test_a_search_names_the_pages_of_the_menu(visit, everything_on, asked, path):
    language = path.partition("/")[2][:2] if path[3:4] == "/" else ""
    page = visit(f"/{language}/search?q={asked}" if language else f"/search?q={asked}").text
    main = page.partition('id="main"')[2].partition("</main>")[0]
    assert f'<a href="{path}">' in main and "ob-empty" not in main


def test_every_module_is_found_by_its_title(app, visit, everything_on):
    modules = app.extensions["obshto"].modules()
    titles = [str(one.title) for one in modules if opened_by_citizens(one)]
    named = [f'aria-label="{SECTIONS}"' in visit(f"/search?q={one}").text for one in titles]
    assert len(titles) > 15
    assert [one for one, is_named in zip(titles, named, strict=True) if not is_named] == []


def opened_by_citizens(module):
    return any(entry.permission is None for entry in module.nav)


def test_a_page_of_a_module_that_is_off_is_not_named(visit):
    assert 'href="/forum/"' not in visit("/search?q=форум").text


def test_a_page_that_two_lines_lead_to_stands_where_the_better_line_does(app, monkeypatch):
    monkeypatch.setattr(sections, "url_for", lambda endpoint: f"/{endpoint}")
    menu = (
        ("Телефон", "contact", ""),
        ("Помощ", "help", "телефон"),
        ("Гише", "contact", "телефон"),
    )
    nav = [NavEntry(label=text, endpoint=page, hint=hint) for text, page, hint in menu]
    with app.test_request_context():
        question = understand("телефон", "bg")
        found = sections.sections_named(question, [SimpleNamespace(nav=nav)])
    assert [(one.text, one.href) for one in found] == [("Телефон", "/contact"), ("Помощ", "/help")]
