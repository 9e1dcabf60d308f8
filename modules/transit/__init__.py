"""Buses: lines, stops and timetables of a municipality, and how one gets there and back home.

For who has no car. It promises that a published timetable is whole, that a changed or cancelled
line says so wherever it stands, and that any journey planner can read it (GTFS). It refuses to
publish a bus that arrives before it leaves, and to show hours that nobody confirmed as true.
"""
