"""One request, and its answer."""

from dataclasses import dataclass
from http.client import HTTPException

from urllib3 import BaseHTTPResponse, HTTPHeaderDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from stack.outbound.answer import Answer
from stack.outbound.errors import TimedOut, TooLarge, Unreachable
from stack.outbound.sockets import Clock, connect
from stack.outbound.target import Target

CHUNK = 65_536


@dataclass(frozen=True)
class Call:
    """What is asked, and of whom."""

    method: str
    target: Target
    headers: HTTPHeaderDict
    body: bytes | None = None


def exchange(call: Call, clock: Clock, connect_seconds: float, max_bytes: int) -> Answer:
    """Ask once, over a connection of its own, and read the answer to its end.

    Raises:
        Refused: The address may not be called.
        TooLarge: The answer has more bytes than allowed, unpacked.
        Unreachable: There is no answer, or half of one.
    """
    target = call.target
    kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
    connection = kind(target.host, target.port)
    try:
        connection.sock = connect(target, clock, connect_seconds)
        connection.request(
            call.method, target.path, body=call.body, headers=call.headers, preload_content=False
        )
        response = connection.getresponse()
        return Answer(response.status, response.headers, _read(response, max_bytes), target.url)
    except (TimeoutError, ReadTimeoutError) as error:
        raise TimedOut(f"{target.host} took too long") from error
    except (OSError, HTTPException, HTTPError) as error:
        raise Unreachable(f"{target.host} gave no answer: {type(error).__name__}") from error
    finally:
        connection.close()


def _read(response: BaseHTTPResponse, max_bytes: int) -> bytes:
    content = bytearray()
    try:
        # Said here, since what comes in chunks is not unpacked otherwise.
        for chunk in response.stream(CHUNK, decode_content=True):
            content += chunk
            if len(content) > max_bytes:
                raise TooLarge(f"the answer has more than {max_bytes} bytes")
    finally:
        response.close()
    return bytes(content)
