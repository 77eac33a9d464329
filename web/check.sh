#!/usr/bin/env bash
# The gate of the web client: format, lint, types and unit tests, if its sources are newer than the last good run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v npm >/dev/null; then
  echo "[ERROR] npm was not found; the web client is checked with Node 20.19 or newer and npm"
  exit 1
fi
. ./npm.sh
if newer_than target/checked; then
  mkdir -p target
  touch target/checking
  npm run --silent check
  mv target/checking target/checked
fi
