# Puts what package-lock.json names into node_modules; sourced by the scripts beside it.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
fi

# Whether a source, or a document that the page at /docs is tested with, is newer than a stamp.
newer_than() {
  [ ! -f "$1" ] || [ -n "$(find . ../docs/asyncapi.yaml ../docs/openapi.yaml \( -name node_modules -o -name target \) -prune -o -type f -newer "$1" -print -quit)" ]
}
