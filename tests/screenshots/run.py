"""Bring the real house up, take its picture on a phone and on a desk."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "screenshots"
PORT = 8765
VILLAGE = "kula"
SIZES = {390: 844, 1280: 900}
LARGEST = 250 * 1024
# File → host, path, who looks.
PICTURES = {
    "region": ("", "/", None),
    "home": (VILLAGE, "/", None),
    "news": (VILLAGE, "/news/", None),
    "sign-in": (VILLAGE, "/sign-in", None),
    "account": (VILLAGE, "/account", "mayor"),
    "console": (VILLAGE, "/console/", "mayor"),
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


def address(label, path):
    return f"http://{label}{'.' if label else ''}localhost:{PORT}{path}"


@contextmanager
def house():
    """`obshto run` over an empty folder, until it answers; ended with us."""
    with TemporaryDirectory() as folder:
        given = {**os.environ, "PORT": str(PORT), "DATA_DIR": folder}
        command = [Path(sys.executable).with_name("obshto"), "run"]
        process = subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL)
        try:
            wait_for(process)
            yield
        finally:
            process.terminate()
            process.wait()


def wait_for(process):
    for _ in range(240):
        if process.poll() is not None:
            raise SystemExit("the house did not come up")
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("the house is too slow")


def tell_the_day(page):
    """A day of an editor, for the log and the letters; answers where the news is edited."""
    page.goto(address(VILLAGE, "/sign-in?next=/console/news/?list=drafts&level=2"))
    page.get_by_role("button", name="Продължете").click()
    page.locator("button[value='demo:mayor']").click()
    page.locator(".ob-list a").first.click()
    page.get_by_role("button", name="Публикувайте новината").click()
    written = urlsplit(page.url).path
    page.goto(address(VILLAGE, "/console/settings/news"))
    page.fill("#on_home", "5")
    page.get_by_role("button", name="Запазете").click()
    return written


def sign_in_the_operator(page):
    """The region's team works on its own host."""
    page.goto(address("ops", "/sign-in?next=/&level=2"))
    page.get_by_role("button", name="Продължете").click()
    page.locator("button[value='demo:operator']").click()


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


def visible(page):
    """The page down to what still fits a screenshot: a long list is the same all the way."""
    size = "({width: innerWidth, height: Math.min(document.body.scrollHeight, 2400), x: 0, y: 0})"
    return page.evaluate(size)


def take(page, name):
    """At most 250 KB: as it is if it fits, else with ever fewer colours."""
    plain = page.screenshot(full_page=True, clip=visible(page))
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
        people = {None: browser.new_page(), "mayor": browser.new_page()}
        people["operator"] = browser.new_page()
        sign_in_the_operator(people["operator"])
        edit = {"console-edit": (VILLAGE, tell_the_day(people["mayor"]), "mayor")}
        time.sleep(5)  # the worker writes the letters
        polls = polls_of(people[None])
        for name, (label, path, who) in {**PICTURES, **edit, **polls}.items():
            page = people[who]
            for width, height in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address(label, path), wait_until="networkidle")
                take(page, f"{name}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
