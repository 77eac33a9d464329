#!/bin/sh
# Lays a built service out for an image: layout.sh <quarkus-app> <folder> [<home>]
#
# <folder> gets the jars and java.args, with which `java @java.args` starts the service from <home> (/app).
# The class path is plain and sorted: the class loader of quarkus-run.jar is not cached by an AOT cache, and a
# wildcard stands for whatever order a file system has. All times are one time, since an AOT cache checks them.
set -eu
from=$1
to=$2
home=${3:-/app}

mkdir -p "$to"
cp -R "$from/app" "$from/lib" "$from/quarkus" "$to/"
find "$to" -exec touch -h -d '2026-01-01T00:00:00Z' {} +

path=
for jar in quarkus/transformed-bytecode.jar quarkus/generated-bytecode.jar \
  $(cd "$to" && find app lib/boot lib/main -name '*.jar' | LC_ALL=C sort); do
  [ ! -f "$to/$jar" ] || path=$path${path:+:}$home/$jar
done

cat >"$to/java.args" <<TEXT
-XX:AOTCache=$home/app.aot
-Xlog:disable
-Xlog:all=warning:stderr
-XX:+UseCompactObjectHeaders
-Xss512k
--sun-misc-unsafe-memory-access=allow
--enable-native-access=ALL-UNNAMED
-cp
$path
io.quarkus.runner.GeneratedMain
TEXT
