"""The tree of a design: what each answer opens, and what is never reached, with why."""

import re

from support.designer_pages import NEIGHBOUR, text

from obshto.platform.permissions import Role

PURPOSE = "za_kakvo_vi_triabva_zalata"


def said(page):
    main = text(page).split("Стъпки и условия</h1>")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_tree_says_what_each_answer_opens(hall, designer):
    hall.save(
        "questions/kolko_dushi_shte_doidat", when0=f"{PURPOSE}=a1", when1=f"{PURPOSE}=a2", join="or"
    )
    hall.save("add/papers", label="Полица за деца", kind="file", when0=f"{PURPOSE}=a2")
    assert f"{hall.path}/tree" in hall.page.text
    shown = designer.get(f"{hall.path}/tree")
    told = said(shown)
    assert "За кого подавате заявлението?" in told and "Порталът сам пита това" in told
    opened = told.split("За какво Ви трябва залата")[1].split("Дата на ползване")[0]
    assert opened.count("отваря: Колко души ще дойдат") == 2, opened
    assert "документ: Полица за деца" in opened
    assert re.search(r"Колко души ще дойдат\?? Само ако „За какво Ви трябва залата\?“ е", told)
    assert f"{hall.path}/questions/{PURPOSE}" in shown.text
    assert "никога не се стига" not in told


def test_what_is_never_reached_is_marked_where_it_stands(hall, designer):
    hall.save(
        "questions/kolko_dushi_shte_doidat",
        when0=f"{PURPOSE}=a1",
        when1=f"{PURPOSE}=a2",
        join="and",
    )
    hall.save(
        "add/papers", label="Полица", kind="file", when0=f"{PURPOSE}=a1", when1=f"{PURPOSE}=a2"
    )
    told = said(designer.get(f"{hall.path}/tree"))
    for name in ("Колко души ще дойдат", "Полица"):
        assert re.search(rf"{name}\?? Само ако [^<]* никога не се стига дотук", told), told
    assert "„Полица“ никога не се показва" in text(hall.page), "a document stops it as well"


def test_nobody_else_sees_the_tree(hall, clerk, sign_in):
    assert clerk.get(f"{hall.path}/tree").status_code == 403
    there = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед", email="s@n.example")
    assert there.get(f"{hall.path}/tree").status_code == 404
