"""Put the door and the frame into the app."""

from flask import Flask

from obshto.tenants.municipalities.lookup import READER, HostReader
from obshto.tenants.portal.frame import give_frame
from obshto.tenants.request_gate import authorize_request


def install(app: Flask, reader: HostReader) -> None:
    """`reader` finds municipalities; composition makes it, because the layers need it too."""
    app.extensions[READER] = reader
    app.before_request(authorize_request)
    app.context_processor(give_frame)
