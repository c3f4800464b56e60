"""WhiteNoise, under ASGI too."""

from collections.abc import AsyncIterator
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import FileResponse, HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Gives ASGI an asynchronous iterator: with another, Django warns, and reads the whole file first."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> FileResponse:
        """Answer with the file."""
        response: FileResponse = WhiteNoiseMiddleware.serve(static_file, request)
        if isinstance(request, ASGIRequest) and response.file_to_stream:
            response.streaming_content = _blocks(response.file_to_stream, response.block_size)
        return response


async def _blocks(file: IO[bytes], size: int) -> AsyncIterator[bytes]:
    read = sync_to_async(file.read, thread_sensitive=False)
    while block := await read(size):
        yield block
