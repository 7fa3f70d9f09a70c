# The programs of RabbitMQ, for tests that start one of their own: with its own files, ports, cookie and epmd, never as
# the service of this machine. To be sourced after postgres.sh.

find_rabbitmq() {
  local found
  # Not the wrapper in /usr/sbin, which becomes the service's user.
  for found in /usr/lib/rabbitmq/bin/rabbitmq-server "$(command -v rabbitmq-server || true)" \
    /opt/homebrew/sbin/rabbitmq-server /usr/local/sbin/rabbitmq-server; do
    if [ -x "$found" ]; then echo "$found"; return 0; fi
  done
  return 1
}

install_rabbitmq() {
  run_as_root() { if is_root; then "$@"; else sudo -n "$@"; fi; }
  if ! command -v brew >/dev/null && ! run_as_root true 2>/dev/null; then return 1; fi
  echo "$tool: there is no RabbitMQ here; installing one"
  if command -v apt-get >/dev/null; then
    # The package would start a server of its own: while it is installed, nothing may be started.
    run_as_root sh -c 'p=/usr/sbin/policy-rc.d; made=
      [ -e $p ] || { printf "#!/bin/sh\nexit 101\n" >$p && chmod +x $p && made=1; }
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends rabbitmq-server
      status=$?; [ -z "$made" ] || rm -f $p; exit $status'
  elif command -v dnf >/dev/null; then run_as_root dnf install -q -y rabbitmq-server
  elif command -v brew >/dev/null; then brew install -q rabbitmq
  else return 1
  fi
}

# Names the server's program in QAFILA_TEST_RABBITMQ.
need_rabbitmq() {
  if ! find_rabbitmq >/dev/null && ! { install_rabbitmq && find_rabbitmq >/dev/null; }; then
    cat >&2 <<SAY
$tool: this needs the programs of RabbitMQ 3.8 or newer (rabbitmq-server, epmd); none need run.
  Debian, Ubuntu   apt-get install rabbitmq-server
  Fedora, RHEL     dnf install rabbitmq-server
  macOS            brew install rabbitmq
SAY
    return 1
  fi
  QAFILA_TEST_RABBITMQ="$(find_rabbitmq)"
  export QAFILA_TEST_RABBITMQ
}
