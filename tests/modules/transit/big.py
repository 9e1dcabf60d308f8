"""A province of buses: so many lines over so many stops, as municipalities publish them."""

from obshto.modules.transit.services.service_days import default_calendars


def province(lines=60, stops=900, trips=12, halts=15):
    """Content by municipality: eleven of them share the lines; lines meet at every seventh stop."""
    slugs = [f"m{number}" for number in range(11)]
    side = 30
    places = [
        {
            "id": f"stop-{number}",
            "name": f"Спирка {number}",
            "settlement": f"{number // 6:05}",
            "place": {"bg": f"с. Село {number // 6}"},
            "latitude": 43.5 + number % side * 0.02,
            "longitude": 22.4 + number // side * 0.02,
            "access": "unknown",
        }
        for number in range(stops)
    ]
    calendars = [
        {"id": key, "name": name, "weekdays": days, "holidays": rule, "without": [], "also": []}
        for key, (name, days, rule) in default_calendars().items()
    ]
    content = {
        slug: {"lines": [], "stops": places, "calendars": calendars, "alerts": []} for slug in slugs
    }
    words = ("workdays", "daily", "not_sundays")
    for number in range(lines):
        step = 1 + number % 3 * side
        route = [f"stop-{(number * halts + place * step) % stops}" for place in range(halts)]
        runs = [
            {
                "calendar": words[(number + trip) % 3],
                "times": [5 * 3600 + trip * 4500 + place * 480 for place in range(halts)],
            }
            for trip in range(trips)
        ]
        back = {"stops": route[::-1], "trips": runs}
        content[slugs[number % 11]]["lines"].append(
            {
                "id": f"line-{number}",
                "number": str(number + 1),
                "name": f"Линия {number + 1}",
                "carrier": f"Превозвач {number % 7}",
                "phone": "0938 12 345",
                "source": "Пример",
                "valid_from": None,
                "valid_until": None,
                "published_on": "2026-11-01",
                "directions": {"0": {"stops": route, "trips": runs}, "1": back},
            }
        )
    return content
