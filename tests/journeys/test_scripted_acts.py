"""Acts of a script alone: three people sign with a finger; a text is copied in one press."""

import pytest
from playwright.sync_api import expect

from obshto.platform.permissions import Role

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"


@pytest.fixture
def scripted(visit, site):
    """scripted(Role.SECRETARY): somebody who works there, with scripts."""

    def begin(role, *, phone):
        cookie = site.cookie(VILLAGE, site.token(VILLAGE, role, name="Проба Служителева"))
        return visit(phone=phone, cookies=[cookie])

    return begin


def draw(page, box):
    """A zigzag with the pointer held down."""
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(place["x"] + 20 + step * 20, place["y"] + 20 + (step % 2) * 40)
    page.mouse.up()


def test_three_fingers_put_a_mandate_in_force(furnish, scripted):
    base = furnish("mandates", "assistants", "reports")
    clerk = scripted(Role.SECRETARY, phone=True)
    clerk.goto(f"{base}/console/mandates/?list=draft")
    clerk.locator("table .ob-number").first.click()
    clerk.get_by_role("link", name="Подпишете на екрана").click()
    boxes = clerk.locator("[data-signature] svg")
    expect(boxes).to_have_count(3)
    for number in range(3):
        draw(clerk, boxes.nth(number))
    clerk.locator("[data-signature]").first.get_by_role("button").click()
    draw(clerk, boxes.first)  # wiped and written again
    for name in ("first_witness", "second_witness"):
        clerk.locator(f"[name={name}]").fill(f"Свидетел {name[0].upper()}")
    clerk.locator("[name=is_read]").check()
    clerk.get_by_role("button", name="Впишете подписа").click()
    expect(clerk.get_by_role("main")).to_contain_text("подписано на екрана")
    drawn = clerk.locator("main svg path[fill=none]").evaluate_all(
        "paths => paths.map(path => path.getAttribute('d').length)"
    )
    assert len(drawn) == 3 and min(drawn) > 20


def test_a_text_and_its_picture_are_copied_in_one_press(furnish, scripted, migrator):
    base = furnish("feeds")
    with migrator.begin() as connection:
        asked = "SELECT post_id, id FROM t_gorno_selo.feeds_delivery WHERE target = 'hand:facebook'"
        [(post_id, delivery_id)] = connection.exec_driver_sql(asked).all()
    editor = scripted(Role.EDITOR, phone=False)
    editor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    editor.goto(f"{base}/console/feeds/{post_id}/deliveries/{delivery_id}")
    editor.get_by_role("button", name="Копирайте текста").click()
    expect(editor.locator("#copied")).to_have_text("Копирано")
    ready = editor.locator("#ready").input_value()
    assert editor.evaluate("navigator.clipboard.readText()") == ready
    assert "Чешмата на площада" in ready
    editor.locator("#copied").evaluate("line => { line.textContent = '' }")
    editor.get_by_role("button", name="Копирайте снимката").click()
    expect(editor.locator("#copied")).to_have_text("Копирано")
    kinds = editor.evaluate("navigator.clipboard.read().then(all => all.flatMap(one => one.types))")
    assert kinds == ["image/png"]
