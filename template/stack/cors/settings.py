"""Cross-origin requests: from the listed origins only, to the API only.

Without credentials: scripts of other origins send a token, so that no cookie can be used against its owner.
"""

from corsheaders.defaults import default_headers

from stack.environment import env

CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_HEADERS = [*default_headers]
CORS_EXPOSE_HEADERS = ["retry-after"]
