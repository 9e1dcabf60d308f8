"""Put the door and the frame into the app."""

from flask import Flask

from obshto.platform.errors import SignInNeeded
from obshto.tenants.municipalities.lookup import READER, HostReader
from obshto.tenants.portal.frame import give_frame
from obshto.tenants.request_gate import ask_to_sign_in, authorize_request


def install(app: Flask, reader: HostReader) -> None:
    """`reader` finds municipalities; composition makes it, because the layers need it too."""
    app.extensions[READER] = reader
    app.before_request(authorize_request)
    app.register_error_handler(SignInNeeded, ask_to_sign_in)
    app.context_processor(give_frame)
