"""Public pages of buses: lines, stops, the next departures, trip search, the GTFS feed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as Redirect

from obshto.modules.transit.errors import NoSuchLine, NoSuchStop
from obshto.modules.transit.forms import chosen_among
from obshto.modules.transit.services import gtfs, queries, schema_org
from obshto.modules.transit.services.line_followers import followed
from obshto.modules.transit.services.pocket import others_of, panels_of, spread_of
from obshto.modules.transit.services.regional import network_around, network_here
from obshto.modules.transit.services.service_time import write_clock
from obshto.modules.transit.services.stop_board import board_of, hours_by_days, stops_by_place
from obshto.modules.transit.services.trip_question import searched
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.followers.pages import follow_page
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("transit_citizen", __name__)
TWO_DAYS = timedelta(days=2)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, network = current_uow(), network_here(current_uow())
    keep_until(next_midnight(uow.now))
    places = stops_by_place(network, current_language())
    place = chosen_among(request.args.get("place"), places)
    about = {"network": network, "places": places, "place": place, "today": day_of(uow.now)}
    return render_template("transit/index.html", **about)


@citizen.get("/lines/<uuid:line_id>")
@open_to_all
def line(line_id: UUID) -> str:
    uow, network = current_uow(), network_here(current_uow())
    found = network.lines.get(str(line_id))
    if found is None:
        raise NoSuchLine
    today = day_of(uow.now)
    keep_until(next_midnight(uow.now))
    runs = [run for run in network.runs_on(today) if run.line is found]
    return render_template(
        "transit/line.html",
        network=network,
        line=found,
        today=today,
        bus_clock=write_clock,
        running={run.trip.calendar for run in runs},
        is_cancelled=network.is_cancelled(found.id, today),
        linked=schema_org.linked_trips(network, runs, request.base_url),
    )


@citizen.get("/lines/<uuid:line_id>/pocket")
@open_to_all
def pocket(line_id: UUID) -> str:
    uow, network = current_uow(), network_here(current_uow())
    found = network.lines.get(str(line_id))
    if found is None:
        raise NoSuchLine
    keep_until(next_midnight(uow.now))
    panels = panels_of(found)
    return render_template(
        "transit/pocket.html",
        network=network,
        line=found,
        today=day_of(uow.now),
        bus_clock=write_clock,
        spread=spread_of(panels),
        others=others_of(panels),
    )


@citizen.route("/lines/<uuid:line_id>/letters", methods=["GET", "POST"])
@open_to_all
def letters(line_id: UUID) -> Redirect:
    """Letters and short messages about changes of one line."""
    return follow_page(followed(queries.public_line(current_uow(), line_id)), has_sms=True)


@citizen.get("/stops/<uuid:stop_id>")
@open_to_all
def stop(stop_id: UUID) -> str:
    uow, network = current_uow(), network_around(current_uow())
    found = network.stops.get(str(stop_id))
    if found is None:
        raise NoSuchStop
    board = board_of(network, found, uow.now, uow.now + TWO_DAYS)
    keep_until(min([next_midnight(uow.now), *(one.at for one in board[:1])]))
    return render_template(
        "transit/stop.html",
        network=network,
        stop=found,
        board=board,
        here=uow.scope.slug if uow.within else "",
        now=uow.now,
        hours=hours_by_days(network, found),
        linked=schema_org.linked_stop(found, current_language(), request.base_url),
    )


@citizen.get("/stops/<uuid:stop_id>/poster")
@open_to_all
def poster(stop_id: UUID) -> str:
    network = network_around(current_uow())
    found = network.stops.get(str(stop_id))
    if found is None:
        raise NoSuchStop
    hours = hours_by_days(network, found)
    return render_template("transit/poster.html", network=network, stop=found, hours=hours)


@citizen.get("/trip")
@open_to_all
def trip() -> str | tuple[str, int]:
    uow = current_uow()
    context = searched(network_around(uow), request.args, uow.now)
    page = render_template("transit/trip.html", **context)
    return (page, 422) if context["question"].errors else page


@citizen.get("/gtfs.zip")
@open_to_all
def feed() -> Response:
    """The page cache keeps it until something changes; who has it already gets a 304."""
    uow, network = current_uow(), network_here(current_uow())
    publisher = gtfs.Publisher(
        name=uow.scope.title,
        address=uow.scope.address,
        homes={uow.scope.slug: uow.scope.address},
    )
    keep_until(next_midnight(uow.now))
    answer = Response(
        gtfs.write_feed(network, publisher, today=day_of(uow.now)), mimetype="application/zip"
    )
    answer.add_etag()
    answer.make_conditional(request)
    return answer
