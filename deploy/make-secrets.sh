#!/bin/sh
# Makes the secrets that compose.yaml hands to its services: random, one a file, in a folder that only its owner opens.
# Keep master-key somewhere else as well: without it nobody reads the store. Nothing that is there is overwritten.
set -eu
folder=${1:?usage: make-secrets.sh FOLDER}

mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

letters() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
base64_of() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
keep() { # name: what comes in, unless it is there; the folder keeps others out, and services run as other users
  if [ -e "$1" ]; then cat >/dev/null; else (umask 077 && cat >"$1.new") && chmod 444 "$1.new" && mv "$1.new" "$1"; fi
}

base64_of 32 | keep master-key
letters 24 | keep metrics-token
letters 24 | keep mongo-root-password
letters 24 | keep mongo-sdc-password
printf 'mongodb://sdc:%s@mongo:27017/sdc?replicaSet=rs0&authSource=admin' "$(cat mongo-sdc-password)" | keep documents
letters 10 | keep s3-key-id
letters 24 | keep s3-secret
printf '{"identities": [{"name": "sdc", "credentials": [{"accessKey": "%s", "secretKey": "%s"}],
  "actions": ["Read:sdc", "Write:sdc", "List:sdc", "Tagging:sdc"]}]}\n' \
  "$(cat s3-key-id)" "$(cat s3-secret)" | keep s3-identities

# mongod takes a key file only from its own user, who alone may read it.
base64_of 96 | keep mongo-keyfile
chmod 400 mongo-keyfile
if [ "$(id -u)" = 0 ]; then
  chown 999:999 mongo-keyfile
else
  echo "As root: chown 999:999 $folder/mongo-keyfile"
fi
