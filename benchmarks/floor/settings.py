"""The project's own settings, with the floor's addresses, and folders that are thrown away."""

import os
from pathlib import Path

from config.settings import *  # noqa: F401,F403  # pylint: disable=wildcard-import,unused-wildcard-import

ROOT_URLCONF = "floor.urls"
MEDIA_ROOT = Path(os.environ["BENCHMARK_FOLDER"], "media")
STATIC_ROOT = Path(os.environ["BENCHMARK_FOLDER"], "static")
STATIC_ROOT.mkdir(exist_ok=True)
