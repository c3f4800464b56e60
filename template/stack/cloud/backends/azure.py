"""Azure Blob Storage, by the account of AZURE_STORAGE_CONNECTION_STRING."""

from storages.backends.azure_storage import AzureStorage  # type: ignore[import-untyped]

from stack.environment import env


class Bucket(AzureStorage):  # type: ignore[misc]  # it has no types
    """A private container."""

    def __init__(self, *, name: str, seconds: int) -> None:
        """Take the container's name, and how many seconds a signed address is good for."""
        super().__init__(
            azure_container=name,
            connection_string=env.str("AZURE_STORAGE_CONNECTION_STRING", "") or None,
            overwrite_files=False,
            expiration_secs=seconds,
        )
