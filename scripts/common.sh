# What the scripts share. It is sourced, never run: `. "$(dirname "$0")/common.sh"`.
# It sets `repository` to the root of the checkout and defines the functions below.
# shellcheck shell=bash disable=SC2034

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Prints a message and ends the script with status 1.
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Runs a command without output; when it fails, shows all that it printed.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# Runs a command as root, through sudo when this user is somebody else.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null || fail "needs root or sudo to run: $*"
    sudo "$@"
  fi
}

# Installs Debian packages after a fresh `apt-get update`.
apt_install() {
  command -v apt-get >/dev/null || fail "please install these packages (Debian's names): $*"
  printf 'Installing %s\n' "$*" >&2
  quietly as_root apt-get -qq update || fail "apt-get update failed; see above"
  quietly as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends install "$@" || fail "apt-get could not install $*; see above"
}
