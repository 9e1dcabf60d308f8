"""Blueprint of the public pages."""

from flask import Blueprint

citizen = Blueprint("proposals_citizen", __name__)
