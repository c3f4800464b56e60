"""What a browser is told: the Content-Security-Policy, other headers, and cookies."""

from typing import Any

from stack.browser.policy import add_sources, strict
from stack.environment import PRODUCTION, env

directives = strict()
if report_uri := env.str("CSP_REPORT_URI", ""):
    directives["report-uri"] = [report_uri]
add_sources(directives, env.str("CSP_ADDED_SOURCES", ""), name="CSP_ADDED_SOURCES")

report_only = env.bool("CSP_REPORT_ONLY", False)
policy: dict[str, Any] = {
    "DIRECTIVES": directives
}  # technologies add to it after this, but before it is read
CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY_REPORT_ONLY = (
    (None, policy) if report_only else (policy, None)
)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CROSS_ORIGIN_RESOURCE_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Without the ones that a page of ours uses: the documentation copies to the clipboard.
PERMISSIONS_POLICY_DENIED = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
]

# Browsers take a cookie of such a name only by HTTPS, from this very host, for all of it: no other subdomain
# can set one. They would not keep it where a developer has no HTTPS.
cookie_prefix = env.str("COOKIE_PREFIX", "__Host-" if PRODUCTION else "")
SESSION_COOKIE_NAME = f"{cookie_prefix}sessionid"
CSRF_COOKIE_NAME = f"{cookie_prefix}csrftoken"
MESSAGE_COOKIE_NAME = f"{cookie_prefix}messages"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "stack.browser.messages.MessageStorage"
