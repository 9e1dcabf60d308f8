"""Public pages of open data: the catalogue and its files, requests for information."""

from obshto.modules.opendata.citizen.catalogue import citizen
from obshto.modules.opendata.citizen.files import add_files
from obshto.modules.opendata.citizen.requests import requests

add_files(citizen)
citizen.register_blueprint(requests)

__all__ = ["citizen"]
