"""Azure Blob Storage, by the account of AZURE_STORAGE_CONNECTION_STRING."""

from azure.storage.blob import BlobServiceClient, ExponentialRetry
from storages.backends.azure_storage import AzureStorage  # type: ignore[import-untyped]

from stack.cloud.backends import CONNECT_SECONDS, TRIES
from stack.environment import env


class Bucket(AzureStorage):  # type: ignore[misc]  # it has no types
    """A private container."""

    def __init__(self, *, name: str, seconds: int, patience: float) -> None:
        """Take the container's name, and the seconds of a signed address and of the server."""
        self.patience = patience
        self.connection_string = env.str("AZURE_STORAGE_CONNECTION_STRING", "") or None
        super().__init__(
            azure_container=name,
            connection_string=self.connection_string,
            overwrite_files=False,
            expiration_secs=seconds,
            object_parameters={"content_disposition": "attachment"},
        )

    def _get_service_client(self) -> BlobServiceClient:
        """Connect; the class has no option that reaches a client which is made of a connection string."""
        if self.connection_string is None:
            unknown: BlobServiceClient = super()._get_service_client()
            return unknown
        return BlobServiceClient.from_connection_string(
            self.connection_string,
            connection_timeout=min(CONNECT_SECONDS, self.patience),
            read_timeout=self.patience,
            retry_policy=ExponentialRetry(initial_backoff=1, increment_base=2, retry_total=TRIES - 1),
        )
