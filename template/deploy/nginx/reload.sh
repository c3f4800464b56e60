#!/bin/sh
# Before nginx starts: a watch that has it take a new certificate, without a connection lost.
set -eu
certificate=/etc/nginx/certificates/fullchain.pem
(
    seen=$(cksum "$certificate")
    while sleep "${CERTIFICATE_WATCH_SECONDS:-60}"; do
        now=$(cksum "$certificate" 2>/dev/null) || continue
        if [ "$now" != "$seen" ] && nginx -t -q; then
            nginx -s reload && seen=$now && echo "nginx: took the new certificate"
        fi
    done
) &
