# To be sourced by ./run and ./test: says what is missing, installs it, builds. Does nothing twice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p build

say() { printf '%s\n' "$*" >&2; }

# package: why
build_packages='
clang-19: the compiler
lld-19: its linker
mold: a faster linker
ccache: compiles nothing twice
cmake: describes the build
ninja-build: runs the build
pkg-config: finds libraries
libboost1.81-dev: network, coroutines, reflection
libboost-json1.81-dev: JSON
libsqlite3-dev: the embedded database
libsodium-dev: sealing and hashing
libssl-dev: TLS, SHA-256 of long texts
libspdlog-dev: the log
libcli11-dev: the command line
libarchive-dev: zip archives
liboath-dev: codes of a second factor
libutf8proc-dev: letters of all languages
libtomlplusplus-dev: the list of promises
libmaxminddb-dev: the country of a network address
zlib1g-dev: compression
libmagic-dev: types of files
libmagic-mgc: what files of each type look like
libcurl4-openssl-dev: sends to registered recipients
prometheus-cpp-dev: metrics
libgtest-dev: C++ tests
'
test_packages='
chromium: browser tests
dpkg-dev: the Debian package names the libraries that it needs
file: tells programs from other files, for the same
sqlite3: turns a database back to its first version
systemd: says how little its unit may do
'

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs the Debian packages of a list that are missing.
install_packages() {
    local missing=() name why
    while IFS=: read -r name why; do
        [ -n "$name" ] || continue
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
        [[ " ${missing[*]-} " == *" $name "* ]] && say "missing: $name,$why"
    done <<<"$1"
    [ ${#missing[@]} = 0 ] && return
    say "Installing ${#missing[@]} Debian packages…"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >build/apt.log 2>&1 ||
        { tail -20 build/apt.log >&2; say "The packages could not be installed; see build/apt.log."; exit 1; }
}

# The page's tools need Node 20.19 or newer. Debian 12 has an older one, which can fetch a newer one.
node_is_new_enough() {
    command -v node >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}
# run_npm ARGUMENT…: quiet, unless it fails.
run_npm() {
    npm "$@" >build/npm.log 2>&1 || { tail -20 build/npm.log >&2; say "npm could not fetch what the page needs; see build/npm.log."; exit 1; }
}
find_node() {
    local tools=$PWD/build/tools cpu
    [ -x "$tools/bin/node" ] && PATH="$tools/bin:$PATH"
    if ! command -v npm >/dev/null; then
        install_packages 'nodejs: builds the page
npm: fetches what the page is built with'
    fi
    node_is_new_enough && return
    case $(uname -m) in x86_64) cpu=x64 ;; aarch64) cpu=arm64 ;; *) say "There is no newer Node for this machine."; exit 1 ;; esac
    say "missing: Node 20.19 or newer, builds the page (found: $(node --version 2>/dev/null || echo none))"
    mkdir -p "$tools"
    run_npm install --no-fund --no-audit --prefix "$tools" "node-linux-$cpu@22"
    mkdir -p "$tools/bin"
    ln -sfn "$tools/node_modules/node-linux-$cpu/bin/node" "$tools/bin/node"
    PATH="$tools/bin:$PATH"
    node_is_new_enough || { say "The newer Node does not run."; exit 1; }
}

# build_page: npm packages, then web/dist with a compressed twin beside each file. Skipped when nothing changed since.
build_page() {
    local installed=web/node_modules/.installed built=web/dist/.built
    if [ ! -e "$installed" ] || [ web/package-lock.json -nt "$installed" ]; then
        find_node
        say "Fetching the page's npm packages…"
        run_npm ci --prefix web --no-fund --no-audit
        touch "$installed"
    fi
    if [ ! -e "$built" ] || [ -n "$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer "$built" -print -quit)" ]; then
        find_node
        say "Building the page…"
        (cd web && npm run --silent build >../build/page.log 2>&1) || { cat build/page.log >&2; exit 1; }
        node scripts/compress.mjs web/dist
        touch "$built"
    fi
}

# Puts the country database beside the program; without it nobody's country is guessed.
place_countries() {
    local file=web/node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb beside=build/$1/country.mmdb
    [ ! -e "$file" ] || [ "$beside" -nt "$file" ] || { mkdir -p "build/$1" && cp "$file" "$beside" && touch "$beside"; }
}

# build_program PRESET TARGET…
build_program() {
    local preset=$1
    shift
    if [ ! -e "build/$preset/build.ninja" ]; then
        say "Configuring ($preset)…"
        cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 || { tail -30 "build/configure-$preset.log" >&2; exit 1; }
    fi
    # It looks for new files each time, so there is always some work to do; people are told of the long kind only.
    ninja -C "build/$preset" -n "$@" 2>/dev/null | grep -E '\] (Building|Linking|Re-running)' >/dev/null && say "Building $* ($preset)…"
    ninja -C "build/$preset" "$@" >"build/build-$preset.log" 2>&1 || { grep -E 'error|FAILED' -A5 "build/build-$preset.log" >&2; exit 1; }
    place_countries "$preset"
}
