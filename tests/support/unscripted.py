"""A form of a page filled in and sent as anybody would, in a browser without scripts."""

from playwright.sync_api import expect

CHOICES = "[type=radio], [type=checkbox]"


def send(page, address, /, to="", **typed):
    """Fill in the form of a page (of `to`, where there are several); the address that follows."""
    page.goto(address)
    narrowed = f'[action$="{to}"]' if to else ""
    form = page.locator(f'main form[method="post"]{narrowed}').first
    for name, value in typed.items():
        _fill(form, name, str(value))
    form.get_by_role("button").last.click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    return page.url.partition("?")[0]


def _fill(form, name, value):
    if form.locator(f'select[name="{name}"]').count():
        form.locator(f'[name="{name}"]').select_option(value)
    elif (choice := form.locator(f'[name="{name}"]:is({CHOICES})')).count():
        choice.and_(form.locator(f'[value="{value}"]')).check()
    else:
        form.locator(f'[name="{name}"]').fill(value)
