"""The forms under which a word is kept and asked for: as written, its lemma, its stem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from simplemma import is_known, lemmatize

from obshto.platform.search.script import is_cyrillic, readings, skeleton
from obshto.platform.web.language import SOURCE

WORD = re.compile(r"[^\W_]+")
# Read by everybody, searched by nobody.
EMPTY = frozenset(
    """
    а ако аз без беше би бъде в вас ви все във върху вие да до докато е за защо и из или им има
    как каќ каква какво какъв кога кого което които която кой къде към ли ме ми може моите моят
    моята мога му на най над нас не него нея ни ние но някой о около от още по под по-малко при
    с са само се си сме според сте съм със та така там те ти то това този той тук тя ще й тази
    a an and are at by can do for from how i in is it my of on or the to what when where who
    al ale am au ca care ce cu cum de din este eu fi în in la mai mea meu o pe pentru sau si și
    sunt un unde va
    """.split()
)
# Where the dictionary's first thought is not a municipality's: fees come before taxis.
_LEMMAS = {"такси": "такса", "таксите": "такса"}
# Articles and endings of nouns and adjectives, as the skeleton spells them, the longest first.
_ENDINGS = (
    *("ovete", "evete", "iata", "ieto", "iete", "iite", "ata", "eto", "oto", "ite", "ete", "ove"),
    *("eve", "iat", "ia", "ie", "ii", "ta", "to", "te", "at", "a", "e", "i", "o", "u"),
)
ROOT = 4  # letters that are left of a stem at least
STEM = "="  # a stem never meets a word: „водещ“ is no „вода“
READ = 64  # spellings of one Latin word that are asked for at most


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Words and numbers where they stand, the empty ones too."""
    return WORD.finditer(text)


@lru_cache(maxsize=1 << 16)
def forms(word: str, language: str) -> tuple[str, ...]:
    """How a word of a text is kept, best first; nothing for an empty one."""
    plain = word.casefold()
    if plain in EMPTY:
        return ()
    language = SOURCE if is_cyrillic(plain) else language
    written = skeleton(plain)
    found = (written, skeleton(_lemma(plain, language)), STEM + stem(written))
    return tuple(dict.fromkeys(form for form in found if form not in ("", STEM)))


@lru_cache(maxsize=1 << 12)
def asked_forms(word: str, language: str) -> tuple[str, ...]:
    """The forms that would answer a word of a question.

    Latin letters are read as the language of the page and as Bulgarian: readings that the
    dictionary knows count with their lemmas, the others as they are spelled.
    """
    found = dict.fromkeys(forms(word, language))
    if not is_cyrillic(word):
        read = list(readings(word))
        known = [reading for reading in read if is_known(reading, lang=SOURCE)]
        for reading in known or read[:READ]:
            found |= dict.fromkeys(forms(reading, SOURCE))
    return tuple(found)


def stem(spelled: str) -> str:
    """A skeleton without its ending; `ts` before it is `k`, as in „наследници“."""
    for ending in _ENDINGS:
        root = spelled.removesuffix(ending)
        if root != spelled and len(root) >= ROOT:
            return f"{root[:-2]}k" if root.endswith("ts") else root
    return spelled


def _lemma(word: str, language: str) -> str:
    return _LEMMAS.get(word) or str(lemmatize(word, lang=language))
