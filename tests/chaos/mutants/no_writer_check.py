"""A mutant of the application: a unit of work that wrote puts fragments as others do."""

from late_conflict import app

from obshto.platform.web import fragments

__all__ = ["app"]

fragments._may_put = lambda: True
