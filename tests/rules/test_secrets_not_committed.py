"""secrets-not-committed."""

import pytest

from tests.rules.repo import Break, flags, passes

# Put together here, so that scanners of this repository find none.
AWS = "AKIA" + "QRSTUVWXYZ234567"
BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n" * 3
PRIVATE = "-----BEGIN " + f"RSA PRIVATE KEY-----\n{BODY}-----END RSA PRIVATE KEY-----\n"
BREAK = Break("deploy/settings.sh", new=f"export BUCKET_KEY={AWS}\n")


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("deploy/server.key", PRIVATE, "a private key"),
        ("shop/settings.py", f'KEY = """{PRIVATE}"""\n', "a private key"),
        ("shop/settings.py", f'KEY = "{AWS}"\n', "a key of AWS"),
        (".github/workflows/ci.yml", "TOKEN: gh" + "p_" + "a1B2" * 9 + "\n", "a token of GitHub"),
        ("start.sh", "export KEY=sk_" + "live_" + "a1B2" * 6 + "\n", "a live key of Stripe"),
    ],
)
def test_a_secret(path: str, text: str, kind: str) -> None:
    flags("secrets-not-committed", {path: text}, f"{path}:1 {kind}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/key.pem", PRIVATE),
        ("docker/dev/localhost.key", PRIVATE),
        ("shop/settings.py", 'START = "-----BEGIN PRIVATE KEY-----"\n'),
        ("key.pem", PRIVATE.replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\n", 1)),
        ("shop/settings.py", 'KEY = "AKIA' + 'IOSFODNN7EXAMPLE"\n'),
        ("ca.pem", f"-----BEGIN CERTIFICATE-----\n{BODY}"),
    ],
)
def test_none(path: str, text: str) -> None:
    passes("secrets-not-committed", {path: text})


def test_one_that_git_ignores() -> None:
    passes("secrets-not-committed", {"deploy/server.key": PRIVATE, ".gitignore": "*.key\n"})
