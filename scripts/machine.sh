# What the machine must have, installed with apt where this user may. Sourced by ./portal.

# True when packages can be installed: apt is there, and we are root or sudo asks for no password.
can_install() {
  has apt-get || return 1
  [ "$(id -u)" -eq 0 ] && return 0
  has sudo && sudo -n true 2>/dev/null
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_lists_updated=
apt_install() {
  say "Installing $* …"
  local log
  log=$(mktemp)
  if [ -z "$apt_lists_updated" ]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; return 1; }
    apt_lists_updated=yes
  fi
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# need_packages WHAT PACKAGE…: installs the packages, or says what WHAT is missing.
need_packages() {
  local what=$1
  shift
  can_install || die "$what is missing and cannot be installed by this user. Install it (Debian, Ubuntu: sudo apt-get install $*) and run ./portal again."
  apt_install "$@" || die "$what is missing and apt could not install it (its messages stand above)."
}

need_dotnet() {
  local wanted
  has dotnet || die "the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download (Debian, Ubuntu: package dotnet-sdk-10.0 of Microsoft's repository)."
  # In the root: global.json says which SDK it must be.
  if ! wanted=$(cd "$root" && dotnet --version 2>&1); then
    die "the .NET SDK does not start here: $wanted"
  fi
}

# Node 18 is what Debian 12 has; the bundler and its tests run on it.
need_node() {
  if ! has node || ! has npm; then
    need_packages "Node.js 18 or later with npm" nodejs npm
  fi
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 18 ] || die "Node.js $(node --version) is too old: the front end needs 18 or later."
}

find_postgresql() {
  local directory
  for directory in /usr/lib/postgresql/1[5-8]/bin; do
    [ -x "$directory/initdb" ] && return 0
  done
  has initdb && has pg_ctl && pg_ctl --version | grep -qE '\) 1[5-8]\b'
}

# Not needed when both databases are on servers of the operator's own.
need_postgresql() {
  if [ -n "${Portal__Platform__ConnectionString:-}" ] && [ -n "${Portal__Vault__ConnectionString:-}" ]; then return 0; fi
  find_postgresql && return 0
  can_install || die "PostgreSQL 15 to 18 is missing and cannot be installed by this user. Install it (Debian, Ubuntu: sudo apt-get install postgresql), or set Portal__Platform__ConnectionString and Portal__Vault__ConnectionString to use servers of your own."
  install_postgresql || die "PostgreSQL is missing and apt could not install it (its messages stand above)."
  find_postgresql || die "the PostgreSQL that apt installs here is not one of 15 to 18. Install one of those."
}

# Debian's package makes and starts a cluster on port 5432 when it is installed. The portal keeps its own, so that is switched
# off while the package is set up, and the machine's setting is put back after.
install_postgresql() {
  local settings=/etc/postgresql-common/createcluster.conf saved result=0
  apt_install postgresql-common || return 1
  saved=$(mktemp)
  as_root cp -p "$settings" "$saved" || return 1
  as_root sh -c "sed -i '/^[# ]*create_main_cluster/d' '$settings' && echo 'create_main_cluster = false' >>'$settings'"
  apt_install postgresql || result=1
  as_root sh -c "cat '$saved' >'$settings' && rm -f '$saved'"
  return $result
}

# install_stopped PACKAGE…: installs servers that nobody asked to run: Debian starts each one as it is set up, unless a policy says no.
install_stopped() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    # Left behind it would keep other packages' services from starting: it goes however this ends.
    trap 'as_root rm -f "$policy"' EXIT
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' >'$policy' && chmod 755 '$policy'" || exit 1
  fi
  apt_install "$@"
)

# need_server PROGRAM PACKAGE…: the same, unless it is there; or says what is missing.
need_server() {
  local program=$1
  shift
  [ -x "$program" ] && return 0
  can_install || die "$program is missing and cannot be installed by this user. Install it (Debian, Ubuntu: sudo apt-get install $*) and run ./portal again."
  install_stopped "$@" || die "$program is missing and apt could not install it (its messages stand above)."
}
