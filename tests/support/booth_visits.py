"""A voter at the booth and at the public list; files that a browser takes and brings."""

from pathlib import Path

from playwright.sync_api import expect


def vote_by_code(phone, code, answer):
    """From the page of the vote to the tracker."""
    phone.get_by_role("button", name="Гласувайте с кода от писмото").click()
    for place, group in enumerate(code, 1):
        phone.locator(f"#group-{place}").fill(group)
    phone.get_by_role("button", name="Продължете").click()
    phone.get_by_label(answer, exact=True).check()
    phone.get_by_role("button", name="Прегледайте гласа си").click()
    expect(phone.locator("#chosen dd")).to_have_text(answer)
    phone.get_by_role("button", name="Запечатайте и изпратете").click()
    expect(phone.get_by_role("heading", name="Гласът Ви е приет")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return phone.locator("#tracker").inner_text().replace(" ", "")


def asked_for(phone, tracker):
    """What the public list says of it, opened by the booth's own link or asked once more."""
    if phone.locator("#done").count():
        with phone.expect_popup() as opened:
            phone.locator("#trackers").click()
        phone.goto(opened.value.url)
        opened.value.close()
    phone.get_by_label("Вашият контролен номер").fill(tracker[:12])
    phone.get_by_role("button", name="Намерете номера").click()
    return phone.locator("main .govuk-inset-text")


def downloaded(reader, page, link, role="link"):
    """The file behind a link, under the name that it is given."""
    reader.goto(page)
    with reader.expect_download() as file:
        reader.get_by_role(role, name=link).first.click()
    kept = Path(file.value.path())
    return kept.rename(kept.with_name(file.value.suggested_filename))


def upload(secretary, address, file):
    secretary.goto(address)
    secretary.locator('main input[type="file"]').set_input_files(file)
    secretary.locator('main form[method="post"] button').click()
    expect(secretary.locator(".govuk-error-summary")).to_have_count(0)
