"""Staff pages of open data: sets, requests."""

from obshto.modules.opendata.console.requests import requests
from obshto.modules.opendata.console.sets import console

console.register_blueprint(requests)

__all__ = ["console"]
