"""Google Cloud Storage.

Its library reads GOOGLE_APPLICATION_CREDENTIALS, or takes the machine's account; signing needs a key.
"""

from datetime import timedelta

from storages.backends.gcloud import GoogleCloudStorage  # type: ignore[import-untyped]


class Bucket(GoogleCloudStorage):  # type: ignore[misc]  # it has no types
    """A private bucket."""

    def __init__(self, *, name: str, seconds: int) -> None:
        """Take the bucket's name, and how many seconds a signed address is good for."""
        super().__init__(bucket_name=name, file_overwrite=False, expiration=timedelta(seconds=seconds))
