"""Checks parameters against the types that the installed SDK of Stripe brings along."""

import sys
import types
import typing
from typing import Any, ForwardRef, Union, get_args, get_origin

import stripe
import stripe.params
import typing_extensions as te

WRAPPED = (te.NotRequired, typing.NotRequired, te.Required, typing.Required)


def faults(shape, data, path=""):
    """A sentence for each parameter that is unknown, missing or of another type."""
    names = namespace(shape)
    hints = {key: evaluated(hint, names) for key, hint in shape.__annotations__.items()}
    found = [f"{path}{key}: unknown parameter" for key in data if key not in hints]
    for key, hint in hints.items():
        if key in data:
            found += wrong(hint, data[key], f"{path}{key}", names)
        elif get_origin(hint) not in (te.NotRequired, typing.NotRequired):
            found.append(f"{path}{key}: missing")
    return found


def namespace(shape):
    own = vars(sys.modules[shape.__module__])
    return {**vars(stripe), **vars(stripe.params), **vars(typing), **vars(te), **own}


def evaluated(hint, names):
    while isinstance(hint, (str, ForwardRef)):
        hint = eval(hint if isinstance(hint, str) else hint.__forward_arg__, names)  # noqa: S307
    return hint


def wrong(hint, value, path, names):
    hint = evaluated(hint, names)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in WRAPPED:
        return wrong(inner[0], value, path, names)
    if origin in (Union, types.UnionType):
        return wrong_of_any(inner, value, path, names)
    if origin in (list, dict):
        return wrong_inside(origin, inner, value, path, names)
    if origin is typing.Literal:
        return [] if value in inner else [f"{path}: {value!r} is none of {list(inner)[:4]}"]
    if te.is_typeddict(hint):
        fits = isinstance(value, dict)
        return faults(hint, value, f"{path}.") if fits else [f"{path}: an object is wanted"]
    if hint is Any or not isinstance(hint, type):
        return []
    is_right = isinstance(value, hint) and not (hint is int and isinstance(value, bool))
    return [] if is_right else [f"{path}: {hint.__name__} is wanted, this is {value!r}"]


def wrong_inside(origin, inner, value, path, names):
    if not isinstance(value, origin):
        return [f"{path}: a {origin.__name__} is wanted"]
    if origin is dict:
        return []
    return [
        fault
        for n, one in enumerate(value)
        for fault in wrong(inner[0], one, f"{path}[{n}]", names)
    ]


def wrong_of_any(inner, value, path, names):
    """An open list of words („Literal[…] | str“) is taken for a closed one: a slip is no word."""
    hints = [evaluated(one, names) for one in inner]
    words = [one for one in hints if get_origin(one) is typing.Literal]
    if words and str in hints and isinstance(value, str):
        hints = words
    tried = [wrong(one, value, path, names) for one in hints]
    return min(tried, key=len)
