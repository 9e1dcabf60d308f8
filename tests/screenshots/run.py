"""Bring the real house up, take its picture on a phone and on a desk.

`HOUSE=8000 make screenshots` takes those of a house that stands at that port.
"""

import re
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.standing_house import VILLAGE, address, house, sign_in  # noqa: E402

TARGET = ROOT / "docs" / "screenshots"
SIZES = {390: 844, 1280: 900}
PATIENCE = 90_000  # ms: a machine may be busy
LARGEST = 200 * 1024
# File → host, path, who looks.
PICTURES = {
    "region": ("", "/", None),
    "home": (VILLAGE, "/", None),
    "door": (VILLAGE, "/go/participation/", None),
    "services": (VILLAGE, "/eservices/", None),
    "service": (VILLAGE, "/eservices/1998", None),
    "map": (VILLAGE, "/places/map", None),
    "events": (VILLAGE, "/events/", None),
    "reports": (VILLAGE, "/reports/", None),
    "council": (VILLAGE, "/council/", None),
    "meetings": (VILLAGE, "/meetings/", None),
    "news": (VILLAGE, "/news/", None),
    "sign-in": (VILLAGE, "/sign-in", None),
    "account": (VILLAGE, "/account", "mayor"),
    "console": (VILLAGE, "/console/", "mayor"),
    "queue": (VILLAGE, "/console/eservices/", "clerk"),
    "practice": (VILLAGE, "/console/training/missions/leak", "clerk"),
    "console-news": (VILLAGE, "/console/news/", "mayor"),
    "console-write": (VILLAGE, "/console/news/new", "mayor"),
    "console-switch": (VILLAGE, "/console/tenants/news", "mayor"),
    "console-modules": (VILLAGE, "/console/tenants/", "mayor"),
    "console-people": (VILLAGE, "/console/tenants/people/", "mayor"),
    "console-log": (VILLAGE, "/console/audit/", "mayor"),
    "console-settings": (VILLAGE, "/console/settings/news", "mayor"),
    "operations": ("ops", "/", "operator"),
    "letters": ("ops", "/letters", None),
    "contact": (VILLAGE, "/contact", None),
    "not-found": (VILLAGE, "/no-such-page", None),
}


def tell_the_day(page):
    """A day of an editor, for the log and the letters; answers where the news is edited."""
    sign_in(page, "mayor", path="/console/news/?list=drafts")
    page.locator(".ob-list a").first.click()
    page.get_by_role("button", name="Публикувайте новината").click()
    written = urlsplit(page.url).path
    page.goto(address(VILLAGE, "/console/settings/news"))
    page.fill("#on_home", "5")
    page.get_by_role("button", name="Запазете").click()
    return written


def polls_of(page):
    """Addresses of an open poll, of one that is over, of its results for staff."""
    page.goto(address(VILLAGE, "/polls/"))
    titles = "Къде да сложим новите лампи", "Кога да е пазарът"
    opened, over = (page.get_by_role("link", name=it).get_attribute("href") for it in titles)
    return {
        "poll": (VILLAGE, opened, None),
        "poll-over": (VILLAGE, over, None),
        "console-poll": (VILLAGE, f"/console{over}/results", "mayor"),
    }


def led_to(page, path, name):
    """The address of the first page in the list that is called so."""
    page.goto(address(VILLAGE, path))
    return page.locator("main").get_by_role("link", name=name).first.get_attribute("href")


def found_in_lists(page):
    """A consultation that runs, the booth of the vote to try."""
    consultation = led_to(page, "/consultations/", re.compile("Наредба за зелената"))
    booth = led_to(page, "/voting/", re.compile("Проба: "))
    return {
        "consultation": (VILLAGE, consultation, None),
        "booth": (VILLAGE, f"{booth}/booth", None),
    }


def room_of(page):
    """A room that is open, as whoever comes in by the link of the meeting sees it."""
    meeting = led_to(page, "/meetings/", re.compile("Форум: пътят"))
    page.goto(address(VILLAGE, f"{meeting}/room"))
    page.fill("[name=name]", "Проба Пробова")
    page.locator("main form button").last.click()
    return {"room": (VILLAGE, urlsplit(page.url).path, None)}


def visible(page):
    """The page down to what still fits a screenshot: a long list is the same all the way."""
    size = "({width: innerWidth, height: Math.min(document.body.scrollHeight, 2400), x: 0, y: 0})"
    return page.evaluate(size)


def take(page, name):
    """At most 200 KB: as it is if it fits, else with ever fewer colours."""
    shown = visible(page)  # as high as the window, or the bar of a phone would lie in the middle
    page.set_viewport_size({"width": shown["width"], "height": shown["height"]})
    plain = page.screenshot(clip=shown)
    image = Image.open(BytesIO(plain)).convert("RGB")
    for colours in (128, 64, 32):
        kept = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() < LARGEST:
            break
    (TARGET / name).write_bytes(kept.getvalue())
    print(f"{name} {kept.tell() // 1024} KB")


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = subprocess.check_output([ROOT / ".ci" / "chromium"], text=True).strip()
    with house(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        people = {who: browser.new_page() for who in (None, "mayor", "clerk", "operator")}
        for page in people.values():
            page.set_default_timeout(PATIENCE)
        sign_in(people["clerk"], "clerk", path="/console/")
        sign_in(people["operator"], "operator", "ops")  # the region's team has its own host
        edit = {"console-edit": (VILLAGE, tell_the_day(people["mayor"]), "mayor")}
        time.sleep(5)  # the worker writes the letters
        found = polls_of(people[None]) | found_in_lists(people[None]) | room_of(people[None])
        for name, (label, path, who) in {**PICTURES, **edit, **found}.items():
            page = people[who]
            for width, height in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address(label, path), wait_until="networkidle")
                take(page, f"{name}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
