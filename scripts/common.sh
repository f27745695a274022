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

# The command as users run it. It holds Swift's own libraries, so that it runs without a toolchain.
readonly release=$repository/.build/release/portolan
# As old as the start of the last good build. The command's own time would not do: a change that leaves
# it the same does not touch it, and each later run would build again.
readonly release_stamp=$repository/.build/release.stamp

is_release_fresh() {
  [ -x "$release" ] && [ -e "$release_stamp" ] || return 1
  [ -z "$(find "$repository/Sources" "$repository/Package.swift" -newer "$release_stamp" -print -quit)" ]
}

# Builds the command where its sources have changed; what the build says goes to standard error.
build_release() {
  ! is_release_fresh || return 0
  local command=(swift build -c release --product portolan --package-path "$repository")
  # On macOS they are a part of the system.
  [ "$(uname)" = Darwin ] || command+=(--static-swift-stdlib)
  "$repository/scripts/install-dependencies"
  mkdir -p "$repository/.build"
  touch "$release_stamp.new"
  if [ -t 2 ]; then
    "${command[@]}" >&2
  else
    quietly "${command[@]}"
  fi || fail "the build failed; see above"
  mv "$release_stamp.new" "$release_stamp"
}

# Where the library is built for packages that depend on it, once for all of them, and no more than the library.
readonly outside=$repository/.build-outside
readonly outside_options=(
  --package-path "$repository/Tests/Outside" --scratch-path "$outside")

# Builds the library as somebody gets it who depends on this package, and writes what they see of it to
# $outside/graphs: a symbol graph of Portolan, with what it exports of other modules, and one of each of those.
build_library_for_outside() {
  local build triple module
  swift build "${outside_options[@]}" --target Embedding
  build=$(swift build "${outside_options[@]}" --show-bin-path)
  triple=$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p' | head -n 1)
  local options=()
  ! command -v xcrun >/dev/null || options+=(-sdk "$(xcrun --show-sdk-path)")
  for module in CLibYAML CLibJQ CZlib CRdKafka; do
    options+=(-Xcc "-fmodule-map-file=$repository/Sources/$module/module.modulemap")
  done
  for module in CJSONScan CProcess; do
    options+=(-Xcc "-fmodule-map-file=$build/$module.build/module.modulemap")
  done
  rm -rf "$outside/graphs"
  mkdir -p "$outside/graphs"
  for module in Portolan JQ RawJSON YAMLTree; do
    swift symbolgraph-extract -module-name "$module" -target "$triple" -I "$build/Modules" "${options[@]}" \
      -minimum-access-level public -skip-inherited-docs -skip-synthesized-members \
      -experimental-allowed-reexported-modules=JQ,RawJSON,YAMLTree -output-dir "$outside/graphs"
  done
  run_python "$repository/Tests/Outside/merge-graphs" "$outside/graphs"
}

# Runs a Python script of this repository.
run_python() {
  command -v python3 >/dev/null || apt_install python3
  python3 "$@"
}
