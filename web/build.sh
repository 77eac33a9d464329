#!/usr/bin/env bash
# Builds the web client, if its sources are newer than the last build.
# Argument: the folder where its files go, with `files`, which names them.
set -euo pipefail
target=$1
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v npm >/dev/null || ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "[WARNING] Node 20.19 or newer with npm was not found: the gateway is built without the web client"
  exit 0
fi
. ./npm.sh
if newer_than "$target/files"; then
  begin=$(mktemp)
  npm run --silent build -- --outDir "$target" --emptyOutDir
  (cd "$target" && find . -type f | sed 's|^\./||' | LC_ALL=C sort) >"$begin.files"
  # as old as the start: what is saved during the build is newer
  touch -r "$begin" "$begin.files"
  mv "$begin.files" "$target/files"
  rm "$begin"
fi
