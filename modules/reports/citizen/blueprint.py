"""Blueprint of the public pages."""

from flask import Blueprint

citizen = Blueprint("reports_citizen", __name__)
