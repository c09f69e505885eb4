#!/bin/sh
# A node of a Ray cluster for `sdc batch --ray-address`, as docs/batch.md says: with a token, in a private
# network, without usage statistics and dashboard.
#
#   recipes/ray-node.sh head 10.0.0.5               on the first machine, whose address in the private network this is
#   recipes/ray-node.sh join 10.0.0.5:6379 10.0.0.6 on each further one: the first one's address, its own address
#
# What follows goes to `ray start`, e.g. --num-cpus=8 --num-gpus=1. The environment holds SDC_DOCUMENTS, SDC_BLOBS
# and the other settings of the store; RAY_AUTH_TOKEN_PATH names the file with the token (~/.ray/auth_token), the same
# on all nodes. The node runs until it is told to stop (Ctrl-C).
set -eu

refuse() {
  echo "ray-node: $1" >&2
  exit 2
}

role=${1:-}
case $role in
  head) [ $# -ge 2 ] || refuse "say: ray-node.sh head OWN-ADDRESS"; own=$2; shift 2 ;;
  join) [ $# -ge 3 ] || refuse "say: ray-node.sh join HEAD-ADDRESS:PORT OWN-ADDRESS"; head=$2 own=$3; shift 3 ;;
  *) refuse "say: ray-node.sh head OWN-ADDRESS, or ray-node.sh join HEAD-ADDRESS:PORT OWN-ADDRESS" ;;
esac

private='import ipaddress, sys; sys.exit(not ipaddress.ip_address(sys.argv[1]).is_private)'
python3 -c "$private" "$own" 2>/dev/null ||
  refuse "$own is no address of a private network. Ray listens there: take one that the world cannot reach."

token=${RAY_AUTH_TOKEN_PATH:-$HOME/.ray/auth_token}
umask 077 # the token and Ray's logs are the owner's alone
if [ ! -s "$token" ]; then
  [ "$role" = head ] || refuse "There is no token in $token. Copy the file from the first machine."
  mkdir -p "$(dirname "$token")"
  python3 -c 'import secrets; print(secrets.token_hex(32), end="")' >"$token"
  echo "ray-node: a new token is in $token. Copy the file to the other machines." >&2
fi

export RAY_AUTH_MODE=token RAY_AUTH_TOKEN_PATH="$token" RAY_USAGE_STATS_ENABLED=0
unset RAY_AUTH_TOKEN
if [ "$role" = head ]; then
  exec ray start --head --node-ip-address="$own" --port=6379 --include-dashboard=false \
    --disable-usage-stats --block "$@"
fi
exec ray start --address="$head" --node-ip-address="$own" --disable-usage-stats --block "$@"
