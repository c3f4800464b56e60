"""Google Cloud Storage.

Its library reads GOOGLE_APPLICATION_CREDENTIALS, or takes the machine's account; signing needs a key.
"""

from datetime import timedelta
from typing import Any

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import Timeout
from storages.backends.gcloud import GoogleCloudStorage  # type: ignore[import-untyped]

from stack.cloud.backends import CONNECT_SECONDS


class BoundedAdapter(HTTPAdapter):
    """Gives up on a server that hangs, once and for all: time-outs are among what the library tries again."""

    def __init__(self, patience: float) -> None:
        """Take how many seconds the server may take."""
        super().__init__()
        self.timeout = (min(CONNECT_SECONDS, patience), patience)

    def send(  # type: ignore[override]  # pylint: disable=arguments-differ
        self, request: PreparedRequest, **options: Any
    ) -> Response:
        """Send a request."""
        try:
            return super().send(request, **options | {"timeout": self.timeout})
        except Timeout as error:
            raise TimeoutError(f"no answer within {self.timeout[1]} s") from error


class Bucket(GoogleCloudStorage):  # type: ignore[misc]  # it has no types
    """A private bucket."""

    def __init__(self, *, name: str, seconds: int, patience: float) -> None:
        """Take the bucket's name, and the seconds of a signed address and of the server."""
        self.patience = patience
        super().__init__(
            bucket_name=name,
            file_overwrite=False,
            expiration=timedelta(seconds=seconds),
            object_parameters={"content_disposition": "attachment"},
        )

    @property
    def client(self) -> Any:
        """The library's client."""
        if self._client is None:
            session: Session = super().client._http  # pylint: disable=protected-access
            for scheme in ("https://", "http://"):
                session.mount(scheme, BoundedAdapter(self.patience))
        return self._client
