"""Kinds of requests, each with its article of Regulation (EU) 2016/679."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext

_ = lazy_gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKind:
    """A right: its title, what happens, its article; `proves` asks first who it is."""

    title: LazyString
    hint: LazyString
    article: str
    proves: bool = True


KINDS: Mapping[str, RequestKind] = {
    "access": RequestKind(
        title=_("Копие и сведения за данните ми"),
        hint=_("Какво знаем за Вас, откъде го имаме, кой го е гледал и докога го пазим."),
        article="чл. 15",
    ),
    "correction": RequestKind(
        title=_("Поправете данните ми"),
        hint=_("Кажете кое е грешно и как е вярно."),
        article="чл. 16",
    ),
    "erasure": RequestKind(
        title=_("Изтрийте данните ми"),
        hint=_("Каквото законът ни кара да пазим, остава. Ще Ви кажем кое и докога."),
        article="чл. 17",
    ),
    "limitation": RequestKind(
        title=_("Спрете за време да ползвате данните ми"),
        hint=_("Докато проверим верни ли са, или докато трае спор."),
        article="чл. 18",
    ),
    "portability": RequestKind(
        title=_("Дайте ми данните, за да ги взема другаде"),
        hint=_("Във файл, който и програмите четат."),
        article="чл. 20",
    ),
    "objection": RequestKind(
        title=_("Възразявам да ползвате данните ми"),
        hint=_("Кажете защо. Спираме, ако няма по-важна законна причина."),
        article="чл. 21",
        proves=False,
    ),
    "consent": RequestKind(
        title=_("Оттеглям съгласие"),
        hint=_("Получавате разписка. Направеното дотогава остава в сила."),
        article="чл. 7, § 3",
        proves=False,
    ),
    "why": RequestKind(
        title=_("Защо са гледали данните ми?"),
        hint=_("Проверяваме прегледа и Ви отговаряме."),
        article="чл. 15, § 1",
    ),
    "accounts": RequestKind(
        title=_("Имам два профила, покажете ги заедно"),
        hint=_("Кажете имейла на другия. Профилите остават два, само ги виждате заедно."),
        article="чл. 15",
    ),
    "complaint": RequestKind(
        title=_("Оплаквам се как пазите данните ми"),
        hint=_("Длъжностното лице по защита на данните проверява и Ви отговаря."),
        article="чл. 38, § 4",
        proves=False,
    ),
}
LAW = "Регламент (ЕС) 2016/679"
# What is asked for on a form; „why“ is asked beside a look.
CHOSEN = tuple(kind for kind in KINDS if kind != "why")
ACCOUNTS = "accounts"
# What heirs may ask for; Закон за защита на личните данни, чл. 25е, ал. 2.
OF_HEIRS = ("access", "why", "complaint")
BEHALF: Mapping[str, LazyString] = {
    "": _("За мен"),
    "child": _("За мое дете или за човек, на когото съм настойник"),
    "proxy": _("За друг човек, с негово пълномощно"),
    "heir": _("За починал човек, на когото съм наследник"),
}
# What is shown to who asks for somebody else; Закон за защита на личните данни, чл. 25е for heirs.
PAPERS: Mapping[str, LazyString] = {
    "child": _("Покажете акт за раждане или решение за настойничество."),
    "proxy": _("Покажете пълномощното. Без него не отговаряме на друг за чужди данни."),
    "heir": _(
        "Покажете удостоверение за наследници. Законът Ви дава достъп до данните на починалия и"
        " копие. Данни на други хора в тях се скриват."
    ),
}
# How it is shown that somebody may ask for another.
BY_PAPERS = ("papers", "notary")
IDENTIFIED: Mapping[str, LazyString] = {
    "account": _("през профила в портала"),
    "card": _("с лична карта на гише"),
    "signature": _("с електронен подпис"),
    "notary": _("с нотариално заверено искане"),
    "papers": _("с документи за представителство"),
}
