"""Mail goes where EMAIL_URL says: by real SMTP, or to the output."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from smtplib import SMTPAuthenticationError, SMTPNotSupportedError

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core.mail import mailers, send_mail
from pytest_django import Settings

from stack.mail import mailers as addresses
from stack.mail.mailers import TIMEOUT, mailer

# aiosmtpd warns of what is wanted here: passwords in clear, on the loopback.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
CREDENTIALS = LoginPassword(b"shop", b"p@ss word")


class Mailbox(MessageHandler):
    """Keeps what a server receives."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.messages: list[Message] = []

    def handle_message(self, message: Message) -> None:
        """Keep it."""
        self.messages.append(message)


class Server(Controller):
    """An SMTP server on a free port of the loopback, which wants a user and a password."""

    def __init__(self, mailbox: Mailbox) -> None:
        """Deliver to this mailbox."""
        super().__init__(
            mailbox,
            hostname="127.0.0.1",
            port=0,
            authenticator=lambda *about: AuthResult(success=about[-1] == CREDENTIALS, handled=False),
            auth_required=True,
            auth_require_tls=False,
        )

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture(name="mailbox")
def _mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(name="port")
def _port(mailbox: Mailbox) -> Iterator[int]:
    server = Server(mailbox)
    server.start()
    yield server.port
    server.stop()


def test_mail_is_sent_by_smtp(settings: Settings, mailbox: Mailbox, port: int) -> None:
    settings.MAILERS = {"default": mailer(f"smtp://shop:p%40ss%20word@127.0.0.1:{port}")}

    send_mail("Grüße", "Zeile eins\nZeile zwei", None, ["ada@example.com"])

    (message,) = mailbox.messages
    assert (message["From"], message["X-RcptTo"]) == (settings.DEFAULT_FROM_EMAIL, "ada@example.com")
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes) and payload.decode().splitlines() == ["Zeile eins", "Zeile zwei"]


def test_a_wrong_password_is_an_error(settings: Settings, port: int) -> None:
    settings.MAILERS = {"default": mailer(f"smtp://shop:wrong@127.0.0.1:{port}")}

    # Opened by itself, as a mailer that fails in the midst of sending leaves its socket open.
    with closing(mailers["default"]) as connection, pytest.raises(SMTPAuthenticationError):
        connection.open()


def test_smtps_sends_nothing_in_clear(settings: Settings, port: int) -> None:
    settings.MAILERS = {"default": mailer(f"smtps://shop:p%40ss%20word@127.0.0.1:{port}")}

    with closing(mailers["default"]) as connection, pytest.raises(SMTPNotSupportedError, match="STARTTLS"):
        connection.open()


@pytest.mark.parametrize(
    ("scheme", "use_tls", "use_ssl"),
    [("smtp", False, False), ("smtps", True, False), ("smtp+tls", True, False), ("smtp+ssl", False, True)],
)
def test_the_scheme_says_how_the_line_is_kept_secret(scheme: str, use_tls: bool, use_ssl: bool) -> None:
    assert mailer(f"{scheme}://shop:pass@mail.example.com:587")["OPTIONS"] == {
        "host": "mail.example.com",
        "port": 587,
        "username": "shop",
        "password": "pass",
        "use_tls": use_tls,
        "use_ssl": use_ssl,
        "timeout": TIMEOUT,
    }


def test_in_development_mail_is_printed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MAILERS = {"default": mailer("consolemail://")}

    send_mail("Hello", "This is it.", None, ["ada@example.com"])

    assert "This is it." in capsys.readouterr().out


@pytest.mark.parametrize("scheme", ["smtp", "smtps", "smtp+ssl"])
def test_a_server_that_hangs_is_given_up_in_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr(addresses, "TIMEOUT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        url = f"{scheme}://shop:pass@127.0.0.1:{black_hole.getsockname()[1]}"
        settings.MAILERS = {"default": mailer(url)}
        started = time.monotonic()
        with pytest.raises(OSError):
            send_mail("Hello", "This is it.", None, ["ada@example.com"])
    assert time.monotonic() - started < 5
