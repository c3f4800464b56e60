"""A file's way into the storage that the environment names, and out of it."""

import os
import subprocess
import sys

CONTENT = "a lamp, in bytes"
ROUND_TRIP = f"""
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage
names = [storage.save("products/lamp.txt", ContentFile(b"{CONTENT}")) for _ in range(2)]
assert names[0] != names[1], "a second upload must not replace the first"
with storage.open(names[0]) as file:
    assert file.read() == b"{CONTENT}"
storage.delete(names[1])
assert not storage.exists(names[1]) and storage.exists(names[0])
print(names[0])
"""
URL = """
import django; django.setup()
from django.core.files.storage import default_storage
print(default_storage.url("products/lamp.txt"))
"""
HANGS = """
import time
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage as storage
for use in (lambda: storage.save("lamp.txt", ContentFile(b"lamp")), lambda: storage.open("lamp.txt").read()):
    started = time.monotonic()
    try:
        use()
    except Exception:
        print(time.monotonic() - started)
"""


def django(code: str, **variables: str) -> str:
    """Run code in the project, in an environment of these variables, and give the line it prints."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "settings_test"} | variables
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
