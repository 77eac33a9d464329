#!/usr/bin/env bash
# Puts the official client's bundles and licence from npm among the module's classes.
# Arguments: a folder to work in, and where the files go.
set -euo pipefail

source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$1
target=$2
package=$work/node_modules/socket.io-client

mkdir -p "$work" "$target"
if ! cmp -s "$source/package-lock.json" "$work/package-lock.json" || [ ! -f "$package/LICENSE" ]; then
  if ! command -v npm >/dev/null; then
    echo "[WARNING] npm was not found: the server is built without the client bundle at /socket.io/socket.io.js"
    exit 0
  fi
  cp "$source/package.json" "$work/"
  cp "$source/package-lock.json" "$work/package-lock.json.new"
  mv "$work/package-lock.json.new" "$work/package-lock.json"
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error)
fi
for file in socket.io.js socket.io.min.js socket.io.esm.min.js; do
  cp "$package/dist/$file" "$package/dist/$file.map" "$target/"
done
cp "$package/LICENSE" "$target/LICENSE"
sed -n 's/^  "version": "\(.*\)",$/\1/p' "$package/package.json" >"$target/version"
