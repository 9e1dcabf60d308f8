"""Jinja as Django's documentation sets it up."""

from django.urls import reverse
from django.utils.formats import date_format
from jinja2 import Environment


def environment(**options):
    made = Environment(**options)  # noqa: S701  Django turns escaping on
    made.globals.update(url=lambda name, *args: reverse(name, args=args))
    made.filters["day"] = lambda moment: date_format(moment, "j F Y")
    return made
