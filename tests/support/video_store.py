"""A store that speaks S3, by moto: a server of this process, which keeps everything in memory."""

from contextlib import contextmanager
from uuid import uuid4

from botocore.session import get_session
from moto.server import ThreadedMotoServer

from obshto.platform.storage.media_bucket import BucketAddress

KEY, SECRET = "obshto", "secret/with+signs"


@contextmanager
def running_store():
    """The address of a server that listens."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def new_bucket(address):
    """An empty bucket there, and what looks into it."""
    place = BucketAddress(url=f"{address}/b-{uuid4().hex}", key=KEY, secret=SECRET)
    keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET}
    client = get_session().create_client(
        "s3", endpoint_url=address, region_name=place.region, **keys
    )
    client.create_bucket(Bucket=place.bucket)
    return place, client
