"""Uploaded files in a cloud's bucket, by django-storages; none of it until STORAGE_BACKEND names a cloud."""

from pkgutil import iter_modules

from stack.cloud import backends
from stack.environment import env
from stack.storage.settings import STORAGES

_backend = env.str("STORAGE_BACKEND", "filesystem")
_bucket = env.str("STORAGE_BUCKET", "")
_seconds = env.int("STORAGE_URL_SECONDS", 3600)
_patience = env.float("STORAGE_TIMEOUT_SECONDS", 20.0)
_backends = ["filesystem", *(module.name for module in iter_modules(backends.__path__))]

if _backend not in _backends:
    raise SystemExit(f"STORAGE_BACKEND is {_backend!r}; set it to one of: {', '.join(_backends)}.")
if _backend != "filesystem":
    if not _bucket:
        raise SystemExit(f"STORAGE_BUCKET is required with STORAGE_BACKEND={_backend}, but it is not set.")
    STORAGES["default"] = {
        "BACKEND": f"{backends.__name__}.{_backend}.Bucket",
        "OPTIONS": {"name": _bucket, "seconds": _seconds, "patience": _patience},
    }
