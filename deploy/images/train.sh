#!/bin/bash
# Trains a service's AOT cache: train.sh <home> <class path of deploy/stack>
#
# Starts embedded stores and the service that layout.sh laid out in <home>, asks it a few questions once it is
# ready, and stops it; the JVM then writes <home>/app.aot. It is good for this very JVM, these jars and these
# options only; with anything else the JVM goes on without it.
set -euo pipefail
home=$1
stack=$2
work=$(mktemp -d)
port=39080
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

java -Xmx128m -cp "$stack" io.chatterbox.stack.stores.EmbeddedMongo 39017 "$work/mongo" >"$work/mongo.log" 2>&1 &
pids+=($!)
java -Xmx32m -cp "$stack" io.chatterbox.stack.stores.EmbeddedRedis 39079 "$work/redis" >"$work/redis.log" 2>&1 &
pids+=($!)

sed "s|^-XX:AOTCache=.*|-XX:AOTCacheOutput=$home/app.aot|" "$home/java.args" >"$work/java.args"
QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port \
  QUARKUS_REDIS_HOSTS=redis://127.0.0.1:39079 QUARKUS_MONGODB_CONNECTION_STRING=mongodb://127.0.0.1:39017 \
  CHATTERBOX_SERVICES_SHARED_SECRET=only-for-the-training \
  CHATTERBOX_AUTH_KEY_ENCRYPTION_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= \
  QUARKUS_MAILER_MOCK=true \
  java -Xmx256m "@$work/java.args" >"$work/service.log" 2>&1 &
service=$!
pids+=("$service")

# GET <path>; the first line of the answer
ask() {
  { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
  local line
  IFS= read -r -t 5 line <&3 || line=
  cat <&3 >/dev/null
  exec 3>&-
  echo "$line"
}

# wait_for <path> <seconds>
wait_for() {
  local _
  for _ in $(seq $(($2 * 5))); do
    kill -0 "$service" 2>/dev/null || return 1
    case $(ask "$1" || true) in *" 200 "*) return 0 ;; esac
    sleep 0.2
  done
  return 1
}

if ! wait_for /q/health/live 60; then
  cat "$work/service.log" >&2
  echo "train.sh: the service did not start" >&2
  exit 1
fi
# a gateway is not ready without auth-service; the others are within seconds
wait_for /q/health/ready 10 || true
# refusals run through filters and JSON as answers do; the last one opens a session of Engine.IO where there is one
for path in /q/metrics /q/health /q/health/live /.well-known/jwks.json /api/health /api/users/me \
  '/socket.io/?EIO=4&transport=polling'; do
  ask "$path" >/dev/null || true
done
kill "$service"
wait "$service" || true
[ -s "$home/app.aot" ] || { cat "$work/service.log" >&2 && echo "train.sh: no cache was written" >&2 && exit 1; }
