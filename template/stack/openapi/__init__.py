"""The OpenAPI schema, by drf-spectacular; its pages come from the sidecar, not from a CDN."""
