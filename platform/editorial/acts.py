"""Pages on which staff publish a text, hide it, delete it, bring it back, translate it.

Each adds addresses to the console of a module, which gives the acts of its services. The notices
of the module know „<part>.published“, „.hidden“, „.deleted“, „.restored“, „.saved“.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.editorial.kinds import UNWRITTEN, TextKind
from obshto.platform.errors import DomainError
from obshto.platform.permissions import Permission
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

Kind = TextKind[Any, Any, Any]
Act = Callable[..., Any]  # act(uow, text, …, expected_version=…)


def add_press(
    console: Blueprint, kind: Kind, name: str, act: Act, *, said: str, who: Permission | None = None
) -> None:
    """One press at a text, by who publishes or by `who`; then back to it."""

    @console.post(f"/<uuid:{kind.key}>/{name}", endpoint=name)
    @requires(who or kind.publish)
    def press(**key: UUID) -> Response:
        uow = current_uow()
        text = kind.original(uow, key[kind.key], to_change=True)
        act(uow, text, expected_version=seen_here())
        return see_other(kind.edit, **key, said=f"{kind.part}.{said}")


def add_deletion(console: Blueprint, kind: Kind, *, delete: Act, restore: Act) -> None:
    """Ask on „<part>/delete.html“, delete, bring back."""
    path = f"/<uuid:{kind.key}>/delete"

    @console.get(path)
    @requires(kind.publish)
    def ask_to_delete(**key: UUID) -> str:
        text = kind.original(current_uow(), key[kind.key])
        return render_template(f"{kind.part}/delete.html", **{kind.name: text})

    @console.post(path, endpoint="delete")
    @requires(kind.publish)
    def press(**key: UUID) -> Response:
        delete(*_locked(kind, key), expected_version=seen_here())
        return see_other(f"{kind.part}_console.index", list="deleted", said=f"{kind.part}.deleted")

    @console.post(f"/<uuid:{kind.key}>/restore", endpoint="restore")
    @requires(kind.publish)
    def bring_back(**key: UUID) -> Response:
        restore(*_locked(kind, key), expected_version=seen_here())
        return see_other(kind.edit, **key, said=f"{kind.part}.restored")


def add_translation(
    console: Blueprint, kind: Kind, form_of: Callable[[Any], type[Any]], act: Act
) -> None:
    """Write a text in another language, on „<part>/translate.html“ with the form for that text."""

    @console.route(
        f"/<uuid:{kind.key}>/in/<any(en, ro):language>",
        methods=["GET", "POST"],
        endpoint="translate",
    )
    @requires(kind.write)
    def translate(language: str, **key: UUID) -> str | tuple[str, int] | Response:
        uow = current_uow()
        text = kind.original(uow, key[kind.key], to_change=request.method == "POST")
        translated = kind.translations(uow, [text], language).get(text.id)
        version = translated.version if translated else UNWRITTEN
        form = form_of(text)(obj=translated, data={"expected_version": version})
        if form.validate_on_submit():
            try:
                seen = form.expected_version.data
                act(uow, text, form.text(), language=language, expected_version=seen)
                return see_other(kind.edit, **key, said=f"{kind.part}.saved")
            except DomainError as refusal:
                tell(form, refusal, translated or text, version=version)
        about = {kind.name: text, "translated": translated, "language": language}
        return filled(f"{kind.part}/translate.html", form, **about)


def _locked(kind: Kind, key: dict[str, UUID]) -> tuple[Any, Any]:
    uow = current_uow()
    return uow, kind.original(uow, key[kind.key], to_change=True, or_deleted=True)
