"""Staff pages: lines with their timetables, stops, days of service, alerts."""

from obshto.modules.transit.console.lines import console
from obshto.modules.transit.console.network_parts import add_parts
from obshto.modules.transit.console.timetables import add_timetables

add_timetables(console)
add_parts(console)

__all__ = ["console"]
