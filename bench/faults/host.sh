# Sourced by the runs beside it: a host of their own on a private database of their own, gone with the script.
#   name       of the run, set before
#   nodes      how many hosts, set before where it is not one; they listen on consecutive ports
#   $url       where the host listens, once `start` has returned
#   $program   what drives it
# shellcheck shell=sh
root=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/../.." && pwd)
data=${CARELINE_FAULTS_DATA:-/var/tmp/careline-faults}/${name:?}
supervisor=''

die() { printf 'careline: %s\n' "$*" >&2; exit 1; }

whole_number() { case ${2:-} in '' | *[!0-9]*) die "$1 needs a whole number." ;; esac }

build() {
    command -v dotnet >/dev/null || die 'the .NET SDK is needed.'
    echo 'careline: building ...' >&2
    for project in src/Careline.Host bench/Careline.Bench; do
        (cd "$root" && dotnet build -c Release --nologo -v quiet -clp:NoSummary "$project") >&2 || die 'the build failed; above is why.'
    done
}

# The private cluster, as its superuser.
sql() {
    psql -h "$(sed -n 5p "$data/postgres/postmaster.pid")" -p "$(sed -n 4p "$data/postgres/postmaster.pid")" -d careline -v ON_ERROR_STOP=1 -qXAt "$@"
}

finish() {
    trap - EXIT INT TERM
    if [ -n "$supervisor" ]; then
        kill "$supervisor" 2>/dev/null || true
        wait "$supervisor" 2>/dev/null || true
    fi
    rm -rf "$data"
}

# start [KEY=VALUE ...]: settings of this run, beside the usual ones of Development. Limits by address are off, or all would be one caller.
start() {
    [ -n "${CARELINE_FAULTS_BUILT:-}" ] || build
    program=$root/artifacts/bin/Careline.Bench/release/Careline.Bench.dll
    host=$root/artifacts/bin/Careline.Host/release/Careline.Host.dll
    [ ! -e "$data" ] || [ -e "$data/.faults" ] || die "$data is not of such a run: name another place in CARELINE_FAULTS_DATA."
    trap finish EXIT
    trap 'exit 130' INT TERM
    rm -rf "$data"
    mkdir -p "$data"
    touch "$data/.faults"
    unset DATABASE_URL ConnectionStrings__Careline
    url=http://127.0.0.1:${CARELINE_FAULTS_PORT:-$((20000 + $$ % 20000))}
    env CARELINE_DATA="$data" CARELINE_DEMO=false ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS="$url" RateLimits__Enabled=false "$@" \
        dotnet "$host" up --nodes "${nodes:-1}" >"$data/up.log" 2>&1 &
    supervisor=$!
    tries=0
    until curl -fsS -o "$data/.answer" "$url/health/" 2>/dev/null; do
        tries=$((tries + 1))
        kill -0 "$supervisor" 2>/dev/null && [ "$tries" -lt 600 ] || { cat "$data/up.log" >&2; die 'the host did not start; above is why.'; }
        sleep 0.5
    done
}
