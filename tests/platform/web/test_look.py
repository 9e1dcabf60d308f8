"""The files we serve, the colours we allow."""

import json
import re
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

from obshto.platform.web import assets, theme
from obshto.tenants import municipalities


def test_the_manifest_names_every_file_there_is():
    root = assets.STATIC_ROOT
    files = {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}
    served = {file for file in files if not file.endswith((".br", ".gz", "manifest.json"))}
    assert served == set(assets.MANIFEST.values())
    for file in served - {file for file in served if file.endswith(".woff2")}:
        plain = (root / file).read_bytes()
        assert brotli.decompress((root / f"{file}.br").read_bytes()) == plain
        assert f"{file}.gz" in files


def test_names_carry_the_content():
    for name, file in assets.MANIFEST.items():
        printed = sha256((assets.STATIC_ROOT / file).read_bytes()).hexdigest()[:10]
        assert f".{printed}." in file
        assert assets.asset(name) == f"/static/{file}"


def test_stylesheets_point_only_to_files_that_exist():
    for name in ("site.css", "console.css"):
        css = (assets.STATIC_ROOT / assets.MANIFEST[name]).read_text("utf-8")
        for target in re.findall(r"url\(([^)]+)\)", css):
            assert target in assets.MANIFEST.values()
        assert "@import" not in css


@pytest.mark.parametrize("colour", ["#14532d", "#1e3a8a", "#7c2d12", "#6b21a8", "#0f5257"])
def test_every_shade_of_a_readable_colour_is_readable(colour):
    assert theme.readable(colour)
    shade = theme.shades(theme.Colour.parse(colour))
    tint = shade["--govuk-surface-background-colour"]
    for dark in ("--govuk-link-colour", "--govuk-link-hover-colour", "--ob-hover", "--ob-deep"):
        assert theme.contrast(shade[dark], theme.WHITE) >= theme.CONTRAST
        assert theme.contrast(shade[dark], tint) >= theme.CONTRAST
    assert theme.contrast(theme.Colour(0x48, 0x49, 0x49), tint) >= 7  # secondary text


def palettes():
    """What our municipalities wear, with the region's."""
    told = json.loads(
        Path(municipalities.__file__)
        .with_name("data")
        .joinpath("municipalities.json")
        .read_text("utf-8")
    )
    return [theme.DEFAULT, *(one["colour"] for one in told)]


def at_night(css):
    """The tokens that a stylesheet has for a system that asks for dark."""
    block = re.search(r"screen and \(prefers-color-scheme: ?dark\)\{:root\{([^}]*)\}", css)[1]
    pairs = (line.split(":") for line in block.split(";") if "#" in line)
    return {name: theme.Colour.parse(colour.strip()) for name, colour in pairs}


def site_css():
    return (assets.STATIC_ROOT / assets.MANIFEST["site.css"]).read_text("utf-8")


@pytest.mark.parametrize("colour", palettes())
def test_each_palette_can_be_read_in_the_dark(colour):
    seen = at_night(site_css()) | at_night(theme.theme_css(colour))
    grounds = [
        seen["--govuk-body-background-colour"],
        seen["--govuk-surface-background-colour"],
        seen["--ob-shade"],
    ]
    words = ("text", "secondary-text", "link", "link-hover", "link-visited", "error", "success")
    for word in words:
        for ground in grounds:
            assert theme.contrast(seen[f"--govuk-{word}-colour"], ground) >= theme.CONTRAST, word
    for fill in (seen["--ob-fill"], seen["--ob-hover"]):
        assert theme.contrast(fill, theme.WHITE) >= theme.CONTRAST
    # What is drawn stands out by three: WCAG 2.2, 1.4.11.
    assert theme.contrast(seen["--govuk-brand-colour"], seen["--ob-track"]) >= 3
    assert theme.contrast(seen["--govuk-input-border-colour"], grounds[0]) >= 3


@pytest.mark.parametrize("colour", palettes())
def test_each_palette_can_be_read_by_day(colour):
    assert theme.readable(colour)
    shade = theme.shades(theme.Colour.parse(colour))
    assert theme.contrast(shade["--govuk-brand-colour"], shade["--ob-track"]) >= 3


def test_without_a_theme_the_tokens_are_those_of_the_region():
    css = site_css()
    own = at_night(css)
    assert own["--govuk-body-background-colour"] == theme.NIGHT
    region = theme.Colour.parse(theme.DEFAULT)
    assert theme.dark_shades(region).items() <= own.items()
    by_day = css.replace(": #", ":#")
    assert "--ob-shade:#f3f3f3" in by_day and "--govuk-hover-colour:#cecece" in by_day
    assert all(f"{name}:{shade}" in by_day for name, shade in theme.shades(region).items())


def test_a_colour_that_passes_on_white_alone_is_refused():
    grey = "#767676"
    assert theme.contrast(theme.Colour.parse(grey), theme.WHITE) >= theme.CONTRAST
    assert not theme.readable(grey)
    with pytest.raises(theme.UnreadableColour):
        theme.theme_css(grey)


@pytest.mark.parametrize("text", ["red", "#123", "#14532d}body{", "#14532g", ""])
def test_only_a_colour_gets_into_a_stylesheet(text):
    with pytest.raises(ValueError, match="colour"):
        theme.theme_css(text)


def test_contrast_is_the_one_of_the_standard():
    assert theme.contrast(theme.BLACK, theme.WHITE) == 21
    assert round(theme.contrast(theme.Colour.parse("#777777"), theme.WHITE), 2) == 4.48


def test_the_shield_takes_one_letter_only():
    assert ">К</text>" in theme.shield_svg("К", "#14532d")
    with pytest.raises(ValueError, match="one letter"):
        theme.shield_svg("<script>", "#14532d")
