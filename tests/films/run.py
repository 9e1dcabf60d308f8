"""Walk the practice municipality as a guide tells it, film the walk, write its captions.

Films and captions lie in `build/films`. `HOUSE=8000 make films` brings them into the house that
stands at that port, too, as its editor would: a presentation about the guide, which then shows it.
"""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from support.film_walks import (  # noqa: E402
    SIZE,
    WALKS,
    bring,
    press,
    steps_of,
    try_without_account,
    walk,
)
from support.standing_house import VILLAGE, address, house, sign_in  # noqa: E402

TARGET = ROOT / "build" / "films"
PATIENCE = 120_000  # ms: a machine may be busy


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = subprocess.check_output([ROOT / ".ci" / "chromium"], text=True).strip()
    with house("practice"), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        studio, editor = browser.new_page(), browser.new_page(java_script_enabled=False)
        for page in (studio, editor):
            page.set_default_timeout(PATIENCE)
        sign_in(editor, "editor", path="/console/videos/")
        for key in WALKS:
            make(key, browser.new_page(viewport=SIZE), studio, editor)
        browser.close()


def make(key, page, studio, editor):
    title, acts = WALKS[key]
    page.set_default_timeout(PATIENCE)
    school = address("uchebna", "")
    try_without_account(page, school)
    studio.goto(address(VILLAGE, "/guides/"))
    press(studio, title)
    told, path = steps_of(studio), urlsplit(studio.url).path
    film, captions = walk(page, studio, title, told, acts(page, school))
    page.close()
    files = TARGET / f"{key}.webm", TARGET / f"{key}.vtt"
    files[0].write_bytes(film)
    files[1].write_text(captions, "utf-8")
    bring(editor, address(VILLAGE, ""), title, path, *files)
    print(f"{files[0]} {len(film) // 1024} KB: {address(VILLAGE, path)}")


if __name__ == "__main__":
    main()
