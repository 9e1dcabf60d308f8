"""The colours of a municipality, derived from one brand colour."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text against its background
ENHANCED = 7  # the same by 1.4.6
DEFAULT = "#14532d"
_HEX = re.compile(r"#[0-9a-f]{6}")


class UnreadableColour(ValueError):
    """Text in this colour, or white text on it, would be hard to read."""


class Colour(NamedTuple):
    """One sRGB colour, each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Colour:
        """Reads `#14532d`; raises ValueError for anything else, so no CSS can be smuggled in."""
        if not _HEX.fullmatch(text.lower()):
            raise ValueError(f"a colour is # with six hexadecimal digits, not {text!r}")
        return cls(*bytes.fromhex(text[1:]))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mixed(self, other: Colour, share: float) -> Colour:
        """This colour with `share` (0 to 1) of another, as CSS `color-mix(in srgb, …)` does."""
        return Colour(*(round(a + (b - a) * share) for a, b in zip(self, other, strict=True)))

    @property
    def luminance(self) -> float:
        """Relative luminance from 0 (black) to 1 (white), by the definition in WCAG 2.2."""
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (part / 255 for part in self)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


WHITE = Colour(255, 255, 255)
BLACK = Colour(0, 0, 0)
NIGHT = Colour(0x13, 0x16, 0x15)  # the page where a system asks for dark, as _tokens.scss says


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG 2.2 contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((one.luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)


def shades(brand: Colour) -> dict[str, Colour]:
    """Every custom property a theme sets; the rest of the look is the same everywhere.

    `--ob-fill` lies below white text, `--govuk-brand-colour` upon the page.
    """
    tint = brand.mixed(WHITE, 0.94)
    deep = brand.mixed(BLACK, 0.45)
    return {
        "--govuk-brand-colour": brand,
        "--govuk-link-colour": brand,
        "--govuk-link-hover-colour": deep,
        "--govuk-surface-background-colour": tint,
        "--govuk-template-background-colour": tint,
        "--govuk-surface-border-colour": brand.mixed(WHITE, 0.6),
        "--ob-fill": brand,
        "--ob-hover": brand.mixed(BLACK, 0.18),
        "--ob-deep": deep,
        "--ob-track": brand.mixed(WHITE, 0.85),
    }


def dark_shades(brand: Colour) -> dict[str, Colour]:
    """The same where a system asks for dark: as much white in it as the text needs, no more.

    `--ob-deep` carries white text in both and stays.
    """
    ground = NIGHT.mixed(brand, 0.2)
    lighter = [brand.mixed(WHITE, percent / 100) for percent in range(101)]
    tone = next(mix for mix in lighter if contrast(mix, ground) >= ENHANCED)
    fill = [mix for mix in lighter if contrast(mix, WHITE) >= CONTRAST][-1]
    return {
        "--govuk-brand-colour": tone,
        "--govuk-link-colour": tone,
        "--govuk-link-hover-colour": tone.mixed(WHITE, 0.5),
        "--govuk-surface-background-colour": ground,
        "--govuk-template-background-colour": ground,
        "--govuk-surface-border-colour": ground.mixed(tone, 0.35),
        "--ob-fill": fill,
        "--ob-hover": fill.mixed(BLACK, 0.18),
        "--ob-track": ground.mixed(tone, 0.2),
    }


def readable(colour: str) -> bool:
    """Whether text in this colour stands out on white as well as on the tint made of it."""
    brand = Colour.parse(colour)
    tint = shades(brand)["--govuk-surface-background-colour"]
    return min(contrast(brand, WHITE), contrast(brand, tint)) >= CONTRAST


def nearest_readable(colour: str) -> str:
    """The colour itself where it can be read, else the lightest mix of it with black that can."""
    brand = Colour.parse(colour)
    mixes = (str(brand.mixed(BLACK, percent / 100)) for percent in range(101))
    return next(mix for mix in mixes if readable(mix))


@lru_cache(maxsize=1024)  # each page asks, because the address of the theme carries its content
def theme_css(colour: str) -> str:
    """The stylesheet that dresses a municipality: custom properties and nothing else.

    Shades are computed here instead of by `color-mix`, so that old browsers see them too
    and `readable` judges exactly what is drawn. Raises UnreadableColour.
    """
    if not readable(colour):
        raise UnreadableColour(colour)
    brand = Colour.parse(colour)
    dark = _root(dark_shades(brand))
    # Of screens alone: paper is white.
    return f"{_root(shades(brand))}@media screen and (prefers-color-scheme:dark){{{dark}}}\n"


def _root(properties: dict[str, Colour]) -> str:
    return f":root{{{';'.join(f'{name}:{shade}' for name, shade in properties.items())}}}"


def shield_svg(letter: str, colour: str) -> str:
    """The icon of a municipality that has uploaded no coat of arms: its letter on a shield."""
    if not (len(letter) == 1 and letter.isalpha()):
        raise ValueError("the shield carries one letter")
    return bare_shield_svg(colour).replace(
        "</svg>",
        '<text x="20" y="31" fill="#fff" font-family="system-ui,sans-serif" font-size="24" '
        f'font-weight="700" text-anchor="middle">{letter}</text></svg>',
    )


def bare_shield_svg(colour: str) -> str:
    """The shield alone, for whoever sets the letter in a font of their own."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">'
        f'<path d="{SHIELD}" fill="{Colour.parse(colour)}"/></svg>\n'
    )


SHIELD = "M2 2h36v25c0 11-8 16-18 19C10 43 2 38 2 27z"
