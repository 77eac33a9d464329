# Puts what package-lock.json names into node_modules; sourced by the scripts beside it.
if ! [ node_modules/.package-lock.json -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
fi

# Whether a source is newer than a stamp.
newer_than() {
  [ ! -f "$1" ] || [ -n "$(find . \( -name node_modules -o -name target \) -prune -o -type f -newer "$1" -print -quit)" ]
}
