"""What somebody changes of their own account on the embedded provider's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext

from obshto.platform.notify.letter import is_address
from obshto.sso.account_actions import Act, word_for
from obshto.sso.embedded.book import CODES, PASSKEY, Account, Book, Contents, gained, lost, moved

NAME, EMAIL = word_for(Act.NAME, None), word_for(Act.EMAIL, None)


def asked_for(account: Account, trouble: str) -> dict[str, Any]:
    """What the page asks for the act at hand: a box with what stands there, or nothing."""
    word, _ = _act()
    stands = {NAME: account.name, EMAIL: account.email}.get(word)
    return {"box": word if stands else "", "typed": _typed() or stands, "trouble": trouble}


def change(book: Book, subject: str) -> str:
    """Do what somebody came for; what was wrong with what they typed, or nothing.

    A new address counts at once: nobody here could open the letter that proves a real one. A
    password stays what it is, for nobody here has one.
    """
    with book.changing() as contents:
        trouble = _trouble(contents, subject)
        if not trouble:
            contents.accounts[subject] = _changed(contents.accounts[subject])
    return trouble


def _changed(account: Account) -> Account:
    word, way = _act()
    if word == NAME:
        return replace(account, name=_typed())
    if word == EMAIL:
        return moved(account, _typed().casefold())
    if word == word_for(Act.PASSKEY, None):
        return gained(account, PASSKEY)
    if word == word_for(Act.CODES, None):
        return gained(account, CODES)
    return lost(account, way) if way else account


def _trouble(contents: Contents, subject: str) -> str:
    word, typed = _act()[0], _typed()
    if word == NAME and not typed:
        return str(gettext("Напишете името си"))
    if word == EMAIL and not is_address(typed):
        return str(gettext("Напишете имейл като ime@example.com"))
    others = {one.email.casefold() for one in contents.accounts.values() if one.subject != subject}
    if word == EMAIL and typed.casefold() in others:
        return str(gettext("С този имейл вече има профил"))
    return ""


def _act() -> tuple[str, str]:
    """Keycloak's word for it, and what goes where something goes."""
    word, _, way = request.args["kc_action"].partition(":")
    return word, way


def _typed() -> str:
    return " ".join(request.form.get("typed", "").split())
