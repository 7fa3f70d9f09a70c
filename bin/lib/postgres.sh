# A throwaway PostgreSQL, and cleaning up whatever happens. To be sourced by a script of bin/; it sets `work`, a
# folder that is removed at the end.

tool="bin/${0##*/}"

# ── A PostgreSQL server ──────────────────────────────────────────────────────────────────────────

is_root() { [ "$(id -u)" = 0 ]; }

# The first folder that has what a cluster needs.
find_postgres() {
  local folder found
  found="$(command -v initdb || true)"
  for folder in "${found%/initdb}" "$(pg_config --bindir 2>/dev/null || true)" \
    $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* \
      /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin 2>/dev/null | sort -rV); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
      echo "$folder"
      return 0
    fi
  done
  return 1
}

install_postgres() {
  run_as_root() { if is_root; then "$@"; else sudo -n "$@"; fi; }
  # Homebrew asks for no root, and refuses it.
  if ! command -v brew >/dev/null && ! run_as_root true 2>/dev/null; then return 1; fi
  echo "$tool: there is no PostgreSQL server here; installing one"
  if command -v apt-get >/dev/null; then
    # The package would start a cluster of its own.
    run_as_root sh -c 'd=/etc/postgresql-common; mkdir -p $d
      [ -e $d/createcluster.conf ] || echo "create_main_cluster = false" >$d/createcluster.conf' || return 1
    run_as_root apt-get update -qq || return 1
    run_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
      -o Dpkg::Options::=--force-confold postgresql
  elif command -v dnf >/dev/null; then run_as_root dnf install -q -y postgresql-server
  elif command -v apk >/dev/null; then run_as_root apk add -q postgresql
  elif command -v brew >/dev/null; then brew install -q postgresql
  else return 1
  fi
}

# Sets `postgres`, the folder of the server's programs.
need_postgres() {
  if postgres="$(find_postgres)"; then return 0; fi
  if install_postgres && postgres="$(find_postgres)"; then return 0; fi
  cat >&2 <<SAY
$tool: this needs the server programs of PostgreSQL 13 or newer (initdb, pg_ctl, postgres); none need run.
  Debian, Ubuntu   apt-get install postgresql
  Fedora, RHEL     dnf install postgresql-server
  Alpine           apk add postgresql
  macOS            brew install postgresql
SAY
  return 1
}

# ── Cleaning up, whatever happens ────────────────────────────────────────────────────────────────

# Not TMPDIR for root: the server's user may not be able to get there.
if is_root; then base=/tmp; else base="${TMPDIR:-/tmp}"; fi
work="$(mktemp -d "$base/qafila-${0##*/}.XXXXXX")"
# What is killed leaves its files here, and they go with the rest.
mkdir "$work/tmp"
# A test has a cluster of its own, whose user gets there.
chmod 711 "$work" "$work/tmp"
export TMPDIR="$work/tmp"
job=

clean_up() {
  trap '' INT TERM HUP
  if [ -n "$job" ]; then kill -- "-$job" 2>/dev/null || true; fi
  if [ -e "$work/data/postmaster.pid" ]; then
    as_server "$postgres/pg_ctl" stop -D "$work/data" -m immediate -s >/dev/null 2>&1 \
      || kill -9 "$(head -n 1 "$work/data/postmaster.pid")" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Runs a command so that a signal reaches us at once, and everything the command started ends with us.
run() {
  set -m
  "$@" &
  job=$!
  set +m
  local status=0
  wait "$job" || status=$?
  job=
  return "$status"
}

# ── The cluster ──────────────────────────────────────────────────────────────────────────────────

# PostgreSQL refuses to be run by root.
server_user=
choose_user() {
  if ! is_root; then return 0; fi
  if ! id postgres >/dev/null 2>&1; then
    useradd --system --no-create-home postgres 2>/dev/null || adduser -S -D -H postgres 2>/dev/null || true
  fi
  if id postgres >/dev/null 2>&1; then server_user=postgres; else server_user=nobody; fi
  chown "$server_user" "$work"
}

# Runs a program as the server's user, in the cluster's folder.
as_server() {
  if [ -z "$server_user" ]; then (cd "$work" && "$@")
  elif command -v runuser >/dev/null; then (cd "$work" && runuser -u "$server_user" -- "$@")
  else (cd "$work" && su -s "$BASH" "$server_user" -c "$(printf '%q ' "$@")")
  fi
}

start_cluster() {
  as_server "$postgres/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$work/initdb.log" 2>&1 \
    || { cat "$work/initdb.log" >&2; return 1; }
  printf '%s\n' 'local all all trust' 'host all all 127.0.0.1/32 trust' >"$work/data/pg_hba.conf"
  cat >>"$work/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work'
max_connections = 300
CONF
  # What a test writes need not outlive the machine.
  if [ "${is_durable:-false}" != true ]; then
    printf '%s = off\n' fsync synchronous_commit full_page_writes autovacuum >>"$work/data/postgresql.conf"
  fi
  local try
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 20000))
    if as_server "$postgres/pg_ctl" start -D "$work/data" -l "$work/data/log" -o "-p $port" -w -t 60 -s \
      >/dev/null 2>&1; then
      return 0
    fi
  done
  echo "$tool: PostgreSQL does not start" >&2
  tail -n 20 "$work/data/log" >&2
  return 1
}

# Starts a server, and names it in QAFILA_TEST_POSTGRES, and its programs in QAFILA_TEST_POSTGRES_BIN.
start_postgres() {
  need_postgres
  choose_user
  start_cluster
  export QAFILA_TEST_POSTGRES_BIN="$postgres"
  export QAFILA_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
  echo "PostgreSQL: $("$postgres/postgres" --version), port $port"
}
