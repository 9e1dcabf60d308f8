"""Walks that are filmed: what a guide tells, done step by step in the practice municipality.

`school` and `village` are addresses without a path.
"""

from datetime import date

from support.film_camera import Camera

SIZE = {"width": 480, "height": 800}
LETTERS = 13  # that somebody of seventy reads in a second
SHORTEST, LEAST = 4_000, 1_000  # ms of a step, of what stands after it was done


def tell(page, school):
    """How a lamp that does not shine is told of, without an account."""
    yield lambda: page.goto(f"{school}/reports/")
    yield lambda: (page.goto(f"{school}/reports/new"), choose(page))
    yield lambda: (write(page), follow(page, "Подайте сигнала"))
    yield lambda: page.evaluate("scrollBy({top: 300, behavior: 'smooth'})")


def choose(page):
    page.locator("input[name=kind]").first.check()
    page.select_option("select[name=settlement]", index=1)
    page.wait_for_timeout(LEAST)
    with page.expect_navigation():
        page.locator("main form button").last.click()


def write(page):
    for name, words in {"words": "Не свети лампата до чешмата", "place": "до чешмата"}.items():
        page.locator(f"#{name}").press_sequentially(words, delay=40)
    page.wait_for_timeout(LEAST)


def answer(page, school):
    """How somebody says what they think in a poll, and reads what came of another one."""
    polls = f"{school}/polls/"
    yield lambda: page.goto(polls)
    yield lambda: (enter(page, "Отворена"), mark(page), follow(page, "Изпратете отговора"))
    yield lambda: page.evaluate("scrollBy({top: 500, behavior: 'smooth'})")
    yield lambda: (page.goto(polls), enter(page, "Казахме какво последва"))


def enter(page, words):
    """The first of the list beside which that stands."""
    page.wait_for_timeout(LEAST)
    with page.expect_navigation():
        page.locator("main .ob-list li", has_text=words).locator("a").first.click()


def mark(page):
    """The first answer of each question that is asked."""
    for asked in page.locator("main form fieldset:has(input[type=radio])").all():
        if asked.is_visible():
            asked.locator("input").first.check()
            page.wait_for_timeout(LEAST)


# By the key of the guide in `modules/guides/data/guides.json`: how it is called, how it is walked.
WALKS = {
    "report": ("Как да съобщите за дупка или тъмна улица", tell),
    "poll": ("Как да кажете мнението си в анкета", answer),
}


def try_without_account(page, school):
    page.goto(f"{school}/sign-in")
    page.locator("section[aria-labelledby=trial] form button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def steps_of(page):
    """Name and words of each step, as the page of a guide tells them."""
    sections = page.locator("article section[aria-labelledby^=step]").all()
    return [
        (one.locator("h2").inner_text(), one.locator(".ob-text").inner_text()) for one in sections
    ]


def walk(page, studio, title, steps, acts):
    """The film of a walk, and the captions of its steps; `studio` is a page of the house."""
    cues = []
    with Camera(page) as camera:
        for number, ((name, words), act) in enumerate(zip(steps, acts, strict=True), 1):
            begun, said = camera.now(), f"{number}. {name}. {sentence(words)}"
            act()
            read_until = begun + max(SHORTEST, len(said) * 1_000 // LETTERS)
            page.wait_for_timeout(max(LEAST, read_until - camera.now()))
            cues.append((begun, camera.now() - 1, said))
    return camera.film(studio), webvtt(title, cues)


def sentence(words):
    return words.split(".")[0].strip() + "."


def webvtt(title, cues):
    told = [f"WEBVTT {title}"]
    told += [f"{clock(begun)} --> {clock(ended)}\n{said}" for begun, ended, said in cues]
    return "\n\n".join(told) + "\n"


def clock(milliseconds):
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def bring(page, village, title, path, film, captions):
    """By the forms of staff, without scripts: described, uploaded, captioned, published."""
    page.goto(f"{village}/console/videos/new")
    page.locator("[name=kind][value=presentation]").check()
    page.fill("#title", f"Филм: {title[0].lower()}{title[1:]}")
    today, boxes = date.today(), page.locator("main [name=recorded_on]").all()
    for box, part in zip(boxes, (today.day, today.month, today.year), strict=True):
        box.fill(str(part))
    page.fill("#about", "Заснето в Община Учебна. Хората и числата са измислени.")
    page.fill("#link", path)
    press(page, "Запазете описанието")
    page.wait_for_url(lambda url: "/new" not in url)
    desk = page.url.partition("?")[0]
    for form, file, button in (
        ("upload", film, "Качете видеото"),
        ("captions/file", captions, "Качете надписите"),
    ):
        page.goto(f"{desk}/{form}")
        page.set_input_files("[name=file]", file)
        press(page, button)
        page.wait_for_url(lambda url, form=form: not url.endswith(form))
    page.goto(desk)
    press(page, "Публикувайте видеото")


def follow(page, name):
    """Press it and be where it leads."""
    with page.expect_navigation():
        press(page, name)


def press(page, name):
    """The first button or link so called."""
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()
