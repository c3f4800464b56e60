"""Uploaded files: the file system in development, a bucket by django-storages in production.

Buckets are private: files are read by signed addresses that expire. What is not here, such as credentials,
regions and endpoints, each cloud's own library reads from its own variables.
"""

from datetime import timedelta

from stack.environment import BASE_DIR, env
from stack.static.settings import staticfiles_storage

MEDIA_ROOT = env.str("MEDIA_ROOT", str(BASE_DIR / "media"))
MEDIA_URL = "/media/"

_backend = env.str("STORAGE_BACKEND", "filesystem")
_bucket = env.str("STORAGE_BUCKET", "")
_expiry = timedelta(seconds=env.int("STORAGE_URL_SECONDS", 3600))

_backends = {
    "filesystem": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "s3": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "file_overwrite": False,
            "querystring_expire": int(_expiry.total_seconds()),
            "signature_version": "s3v4",
        },
    },
    "gcs": {
        "BACKEND": "storages.backends.gcloud.GoogleCloudStorage",
        "OPTIONS": {"bucket_name": _bucket, "file_overwrite": False, "expiration": _expiry},
    },
    "azure": {
        "BACKEND": "storages.backends.azure_storage.AzureStorage",
        "OPTIONS": {
            "azure_container": _bucket,
            "connection_string": env.str("AZURE_STORAGE_CONNECTION_STRING", "") or None,
            "overwrite_files": False,
            "expiration_secs": int(_expiry.total_seconds()),
        },
    },
}
if _backend not in _backends:
    raise SystemExit(f"STORAGE_BACKEND is {_backend!r}; set it to one of: {', '.join(_backends)}.")
if _backend != "filesystem" and not _bucket:
    raise SystemExit(f"STORAGE_BUCKET is required with STORAGE_BACKEND={_backend}, but it is not set.")

STORAGES = {"default": _backends[_backend], "staticfiles": staticfiles_storage}
