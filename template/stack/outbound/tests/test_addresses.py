"""No call leads inside, however the address is written, and whatever a name says a moment later."""

import socket
from ipaddress import ip_network
from typing import Any

import pytest
from pytest_django import Settings

from stack import outbound
from stack.outbound.addresses import is_allowed
from stack.outbound.tests.conftest import Connected
from stack.outbound.tests.peers import peer, says

INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.9.9.9 168.63.129.16 169.254.0.1
    169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.9 192.0.0.192 192.0.2.1 192.88.99.1
    192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::10.0.0.1
    64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:53aa:64c:0:7a00:f5ff:fffe 2001:10::1 2001:20::1
    2001:db8::1 2002:a00:1:: 2002:808:808:: 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1
    fe80::a9fe:a9fe fec0::1 ff02::1
""".split()
OUTSIDE = ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::200e"]

SPELLINGS = """
    2130706433 0x7f000001 0177.0.0.1 127.1 0 0x7f.1 127.0.0.1. localhost LOCALHOST. [::1] [::ffff:127.0.0.1]
    [::ffff:7f00:1] [0:0:0:0:0:ffff:a00:1] [::] [fe80::1] 3232235777
""".split()
NOT_URLS = [
    "",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_x",
    "//example.com/",
    "http:///etc/passwd",
    "http://ada@example.com/",
    "http://ada:secret@example.com/",
    "http://@127.0.0.1/",
    "http://example.com\\@127.0.0.1/",
    "http://example.com /",
    "http://exa\tmple.com/",
    "http://example.com/\r\nX: y",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://example.com:99999/",
    f"http://{'a' * 64}.example.com/",
    "http://a..example.com/",
    "https://.example.com/",
    f"http://example.com/{'a' * 9000}",
]


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_that_is_inside_may_be_called(settings: Settings, address: str) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = []
    assert not is_allowed(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_may(settings: Settings, address: str) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = []
    assert is_allowed(address)


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize("address", INSIDE)
def test_a_call_of_one_connects_to_nothing(settings: Settings, connected: Connected, address: str) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = []
    with pytest.raises(outbound.Refused, match="not on the public internet"):
        outbound.request("GET", f"http://{f'[{address}]' if ':' in address else address}/")
    assert connected == []


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize("host", SPELLINGS)
def test_what_counts_is_the_address_and_not_how_it_is_written(
    settings: Settings, connected: Connected, host: str
) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = []
    with pytest.raises(outbound.Refused, match="not on the public internet"):
        outbound.request("GET", f"http://{host}/")
    assert connected == []


@pytest.mark.asvs("1.3.6")
@pytest.mark.parametrize("url", NOT_URLS)
def test_what_readers_of_urls_may_disagree_about_is_refused(connected: Connected, url: str) -> None:
    with pytest.raises(outbound.Refused):
        outbound.request("GET", url)
    assert connected == []


@pytest.mark.asvs("1.3.6")
def test_http_is_refused_where_https_is_all_that_is_allowed(settings: Settings, connected: Connected) -> None:
    settings.OUTBOUND_SCHEMES = ["https"]
    with peer(says("200 OK")) as server, pytest.raises(outbound.Refused, match="OUTBOUND_SCHEMES"):
        outbound.request("GET", server.url)
    assert connected == []


def test_a_network_that_is_allowed_can_be_called_and_no_other(settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = [ip_network("10.1.0.0/16"), ip_network("fd00:1::/32")]
    assert is_allowed("10.1.2.3") and is_allowed("fd00:1::5")
    assert not any(is_allowed(each) for each in ("10.2.0.1", "::ffff:10.1.2.3", "fd00:2::5", "127.0.0.1"))


class Names:
    """A name server whose answers change: the next ones each time, the last ones for ever."""

    def __init__(self, *answers: list[str]) -> None:
        """Take the addresses of each answer."""
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        """Answer as getaddrinfo does."""
        addresses = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port),
            )
            for address in addresses
        ]


@pytest.mark.asvs("1.3.6")
def test_the_address_that_was_checked_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch, connected: Connected
) -> None:
    """DNS rebinding: public when it is checked, the loopback a moment later."""
    names = Names(["93.184.215.14"], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with peer(says("200 OK", b"inside")) as server:
        with pytest.raises(outbound.Unreachable):
            outbound.Client(tries=1).request("GET", f"http://rebind.example.com:{server.port}/")
        assert (connected, names.asked, server.heads) == (["93.184.215.14"], 1, [])


def test_each_further_try_is_checked_again(
    monkeypatch: pytest.MonkeyPatch, connected: Connected, settings: Settings
) -> None:
    settings.OUTBOUND_ALLOWED_NETWORKS = []
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.215.14"], ["127.0.0.1"]))
    with peer(says("200 OK", b"inside")) as server:
        with pytest.raises(outbound.Refused):
            outbound.Client(tries=3).request("GET", f"http://rebind.example.com:{server.port}/")
        assert (connected, server.heads) == (["93.184.215.14"], [])


@pytest.mark.parametrize("addresses", [["93.184.215.14", "10.0.0.1"], ["10.0.0.1", "93.184.215.14"], ["::1"]])
def test_a_name_that_leads_inside_as_well_is_refused(
    monkeypatch: pytest.MonkeyPatch, connected: Connected, addresses: list[str]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(addresses))
    with pytest.raises(outbound.Refused):
        outbound.request("GET", "https://both.example.com/")
    assert connected == []


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, connected: Connected
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.215.14", "127.0.0.1"]))
    with peer(says("200 OK", b"here")) as server:
        assert outbound.request("GET", f"http://two.example.com:{server.port}/").content == b"here"
    assert connected == ["93.184.215.14", "127.0.0.1"]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"])
def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with peer(says("200 OK", b"proxy")) as proxy, peer(says("200 OK", b"server")) as server:
        monkeypatch.setenv(name, proxy.url)
        assert outbound.request("GET", server.url).content == b"server"
        assert not proxy.heads
