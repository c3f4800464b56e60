"""Amazon S3, and what speaks its protocol.

boto3 reads the rest from its own variables, such as AWS_ACCESS_KEY_ID, AWS_DEFAULT_REGION and
AWS_ENDPOINT_URL_S3, or takes it from the machine's role.
"""

from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]


class Bucket(S3Storage):  # type: ignore[misc]  # it has no types
    """A private bucket."""

    def __init__(self, *, name: str, seconds: int) -> None:
        """Take the bucket's name, and how many seconds a signed address is good for."""
        super().__init__(
            bucket_name=name, file_overwrite=False, querystring_expire=seconds, signature_version="s3v4"
        )
