"""What others send: answers of servers that are called, and files that are uploaded."""

from tests.protections.protection import Protection

OUTBOUND, CALLS = "stack/outbound", "stack/outbound/tests/test_"
IMAGES = "stack/images/tests/test_"

ROWS = [
    # Calls of other servers
    Protection(
        "no call of an address inside",
        f"{OUTBOUND}/sockets.py",
        "if not all(is_allowed(str(address[0])) for *_, address in found):",
        "if not found:",
        f"{CALLS}addresses.py {CALLS}redirects.py",
    ),
    Protection(
        "a name that leads inside as well",
        f"{OUTBOUND}/sockets.py",
        "if not all(is_allowed(",
        "if not any(is_allowed(",
        f"{CALLS}addresses.py -k as_well",
    ),
    Protection(
        "IPv4 addresses inside of IPv6",
        f"{OUTBOUND}/addresses.py",
        "if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST:",
        "if False:",
        f"{CALLS}addresses.py",
    ),
    Protection(
        "addresses that are public and not for calls",
        f"{OUTBOUND}/addresses.py",
        " and not any(ip in network for network in REFUSED)",
        "",
        f"{CALLS}addresses.py",
    ),
    Protection(
        "the address that was checked",
        f"{OUTBOUND}/sockets.py",
        "            connection.connect(address)\n",
        "            connection.connect((target.host, target.port))\n",
        f"{CALLS}addresses.py -k was_checked",
    ),
    Protection(
        "URLs that are read one way",
        f"{OUTBOUND}/target.py",
        "if not URL.fullmatch(url):",
        "if not url:",
        f"{CALLS}addresses.py -k disagree",
    ),
    Protection(
        "URLs without users",
        f"{OUTBOUND}/target.py",
        'if "@" in parts.netloc:',
        "if False:",
        f"{CALLS}addresses.py -k disagree",
    ),
    Protection(
        "HTTPS alone",
        f"{OUTBOUND}/target.py",
        "if parts.scheme not in PORTS or parts.scheme not in settings.OUTBOUND_SCHEMES:",
        "if parts.scheme not in PORTS:",
        f"{CALLS}addresses.py {CALLS}redirects.py",
    ),
    Protection(
        "headers that another origin does not get",
        f"{OUTBOUND}/redirects.py",
        "if name.lower() in FOR_ANYBODY}",
        "if name}",
        f"{CALLS}redirects.py -k secrets",
    ),
    Protection(
        "an end to redirects",
        f"{OUTBOUND}/redirects.py",
        "for _ in range(MOST + 1):",
        "while True:",
        f"{CALLS}redirects.py -k an_end",
    ),
    Protection(
        "a time-out of reading",
        f"{OUTBOUND}/sockets.py",
        '    def recv_into(self, *args: Any) -> int:\n        """Receive."""\n'
        "        self.settimeout(self.clock.left(self.clock.read_seconds))\n"
        "        return super().recv_into(*args)\n\n"
        "    def sendall",
        "    def sendall",
        f"{CALLS}limits.py -k hangs_is_given_up_after_the_read",
    ),
    Protection(
        "a deadline of all of a call",
        f"{OUTBOUND}/sockets.py",
        "left = self.deadline - time.monotonic()",
        "left = 5.0",
        f"{CALLS}limits.py -k drips",
    ),
    Protection(
        "an end to answers of other servers",
        f"{OUTBOUND}/exchange.py",
        "if len(content) > max_bytes:",
        "if False:",
        f"{CALLS}limits.py -k no_more_is_read",
    ),
    Protection(
        "orders that are sent once",
        f"{OUTBOUND}/retries.py",
        'if not (call.method in IDEMPOTENT or "Idempotency-Key" in call.headers):',
        "if False:",
        f"{CALLS}retries.py -k another_is_not",
    ),
    Protection(
        "pauses that differ",
        f"{OUTBOUND}/retries.py",
        " * random.uniform(0.5, 1)  # nosec B311",
        "",
        f"{CALLS}retries.py -k pauses_double",
    ),
    Protection(
        "a breaker",
        f"{OUTBOUND}/breaker.py",
        "if failures is None or failures.count < settings.OUTBOUND_BREAKER_FAILURES:",
        "if True:",
        f"{CALLS}breaker.py",
    ),
    Protection(
        "hosts that are forgotten",
        f"{OUTBOUND}/breaker.py",
        "if len(_failing) > HOSTS_MAX:",
        "if False:",
        f"{CALLS}breaker.py -k memory",
    ),
    Protection(
        "lines about calls that have no secret",
        f"{OUTBOUND}/client.py",
        'about["host"] = target.host',
        'about["host"] = url',
        f"{CALLS}calls.py -k no_secret",
    ),
    # Files
    Protection(
        "a limit of bytes",
        "stack/images/limits.py",
        "if upload.size > self.size_max:",
        "if False:",
        f"{IMAGES}limits.py -k too_many_bytes",
    ),
    Protection(
        "a limit of pixels",
        "stack/images/limits.py",
        "if width * height > pixels_max or max(width, height) > SIDE_MAX:",
        "if False:",
        f"{IMAGES}limits.py -k 'pixel or bomb'",
    ),
    Protection(
        "three formats",
        "stack/images/limits.py",
        "Image.open(source, formats=FORMATS)",
        "Image.open(source)",
        f"{IMAGES}limits.py -k other_formats",
    ),
    Protection(
        "an end to a picture's text",
        "stack/images/limits.py",
        "PngImagePlugin.MAX_TEXT_MEMORY = 1024 * 1024",
        "PngImagePlugin.MAX_TEXT_MEMORY = 1024 * 1024 * 1024",
        f"{IMAGES}memory.py -k unpacks",
    ),
    Protection(
        "JPEGs that are decoded at a fraction of their size",
        "stack/images/thumbnails.py",
        '        image.draft("RGB", (2 * max(size), 2 * max(size)))\n',
        "",
        f"{IMAGES}memory.py -k made_small",
    ),
    Protection(
        "forms that are refused unread",
        "stack/images/parsers.py",
        "if length > self.size_max + FORM_MAX:",
        "if False:",
        "apps/pictures/tests/test_pictures.py -k refused_unread",
    ),
]
