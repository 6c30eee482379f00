#!/bin/sh
# Listens live to a Side by Side service, over HTTP and without Kafka: one line of curl.
#   sh examples/live.sh [URL]
# TOKEN: who you are; without it the demo sign-in is tried. AFTER: the last position you have; default 0, all there was.
set -eu
url=${1:-http://127.0.0.1:3000}
token=${TOKEN:-$(curl -sSf -H 'Content-Type: application/json' -d '{"role":"adviser"}' "$url/api/v1/demo/sign-in" |
  sed -n 's/.*"token":"\([^"]*\)".*/\1/p')}

exec curl -sSfN -H "Authorization: Bearer $token" "$url/api/v1/live?after=${AFTER:-0}"
