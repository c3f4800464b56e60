#!/bin/sh
# Before nginx starts: where the requests go, until `deploy/roll` says otherwise.
set -eu
mkdir -p /tmp/targets
for service in web asgi; do
    printf 'map "" $%s { default %s:8000; }\n' "$service" "$service" >"/tmp/targets/$service.conf"
done
