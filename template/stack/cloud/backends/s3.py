"""Amazon S3, and what speaks its protocol.

boto3 reads the rest from its own variables, such as AWS_ACCESS_KEY_ID, AWS_DEFAULT_REGION and
AWS_ENDPOINT_URL_S3, or takes it from the machine's role.
"""

from botocore.config import Config  # type: ignore[import-untyped]
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from stack.cloud.backends import CONNECT_SECONDS, TRIES


class Bucket(S3Storage):  # type: ignore[misc]  # it has no types
    """A private bucket."""

    def __init__(self, *, name: str, seconds: int, patience: float) -> None:
        """Take the bucket's name, and the seconds of a signed address and of the server."""
        limits = Config(
            signature_version="s3v4",
            connect_timeout=min(CONNECT_SECONDS, patience),
            read_timeout=patience,
            retries={"mode": "standard", "total_max_attempts": TRIES},
        )
        super().__init__(
            bucket_name=name,
            file_overwrite=False,
            querystring_expire=seconds,
            client_config=limits,
            object_parameters={"ContentDisposition": "attachment"},
        )
