"""Blueprint of the public pages."""

from flask import Blueprint

citizen = Blueprint("places_citizen", __name__)
