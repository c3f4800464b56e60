"""Boots projects, one after the other; run by the template's Python, with their folders as arguments.

Prints, for each, what it says its name is and how its landing page shows that, as a line of JSON. Each boot
is a fork of a process that has loaded the libraries already, so that a thousand take minutes, not an hour.
"""

import json
import os
import sys

import celery  # noqa: F401  # pylint: disable=unused-import
import django.contrib.admin  # noqa: F401  # pylint: disable=unused-import
import drf_spectacular  # noqa: F401  # pylint: disable=unused-import


def boot(folder: str) -> None:
    """Set Django up in a folder, run its system checks, and ask for the landing page."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ENVIRONMENT": "test"}
    django.setup()

    from django.conf import settings  # pylint: disable=import-outside-toplevel
    from django.core.management import call_command  # pylint: disable=import-outside-toplevel
    from django.test import Client  # pylint: disable=import-outside-toplevel

    call_command("check", stdout=sys.stderr)
    page = Client().get("/").content.decode()
    print(json.dumps({"title": settings.SPECTACULAR_SETTINGS["TITLE"], "page": page}), flush=True)


for argument in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        boot(argument)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"{argument}: did not boot, status {status}")
