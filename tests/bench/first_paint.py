"""When the largest thing of a page is painted on a slow line: medians, printed, nothing asserted.

Of a house that stands: `make run`, then `tests/bench/first_paint.py --at http://kula.localhost:8000`.
The line is that of the browser (Network.emulateNetworkConditions); each visit is a first one.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PAGES = {
    "home": "/",
    "service": "/eservices/1998",
    "form": "/reports/new",
    "news": "/news/",
    "events": "/events/",
}
# Bits a second, milliseconds there and back: the slow 4G of Lighthouse, the slow 3G of WebPageTest.
LINES = {"slow 4G": (1_600_000, 150), "400 kbit/s": (400_000, 400)}
SEEN = """() => new Promise(resolve => {
  const seen = {paint: 0, shift: 0}
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime
  }).observe({type: 'largest-contentful-paint', buffered: true})
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value
  }).observe({type: 'layout-shift', buffered: true})
  setTimeout(() => resolve(seen), 300)
})"""


def visit(browser, address, line):
    """Milliseconds until the largest paint, how much the page shifted."""
    bits, latency = line
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, service_workers="block"
    )
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    told = {"downloadThroughput": bits / 8, "uploadThroughput": bits / 16, "latency": latency}
    client.send("Network.emulateNetworkConditions", {"offline": False, **told})
    page.goto(address, wait_until="networkidle", timeout=120_000)
    seen = page.evaluate(SEEN)
    context.close()
    return seen["paint"], seen["shift"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="http://kula.localhost:8000", help="a municipality")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    chromium = subprocess.check_output([ROOT / ".ci" / "chromium"], text=True).strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in PAGES.items():
            for called, line in LINES.items():
                took = [visit(browser, chosen.at + path, line) for _ in range(chosen.rounds)]
                paint, shift = (median(column) for column in zip(*took, strict=True))
                print(f"{name}, {called}: {paint / 1000:.2f} s, shift {shift:.4f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
