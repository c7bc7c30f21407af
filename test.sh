#!/usr/bin/env bash
# Installs what the tests need and runs all of them. What is missing and can't be installed stops the run, saying so.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*" >&2; }
stop() { printf '\ntest.sh: %s\n' "$*" >&2; exit 1; }

# apt_install PACKAGE…: on Debian and its kin, as root or through sudo.
apt_install() {
    command -v apt-get >/dev/null || stop "missing: $*; install it and run again (this is not Debian, so it was not tried)"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "missing: $*; run: apt-get install $*"
        as_root=(sudo)
    fi
    say "installing $*"
    "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" ||
        stop "apt-get install $* failed"
}

# need COMMAND PACKAGE…
need() {
    local name=$1; shift
    command -v "$name" >/dev/null || apt_install "$@"
    command -v "$name" >/dev/null || stop "missing: $name, even after installing $*"
}

command -v cargo >/dev/null || stop "missing: cargo; install the Rust toolchain from https://rustup.rs"
for part in fmt clippy; do
    cargo "$part" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || stop "missing: cargo $part"
    rustup component add "${part/fmt/rustfmt}" || stop "rustup could not add $part"
done
need cc gcc libc6-dev
need node nodejs
need npm npm
need javac openjdk-17-jdk-headless
need python3 python3
need setpriv util-linux
need psql postgresql-client
need chromium chromium fonts-noto-cjk
need pdftotext poppler-utils
if ! { command -v soffice && compgen -G '/usr/lib/libreoffice/program/libscl*'; } >/dev/null; then
    say "LibreOffice opens the generated Word and Excel files; its download may take a few minutes"
    apt_install libreoffice-writer-nogui libreoffice-calc-nogui
fi
fc-list :lang=zh-cn family 2>/dev/null | grep -q . || apt_install fontconfig fonts-noto-cjk
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || apt_install postgresql

if ! cmp -s tests/package-lock.json tests/node_modules/.installed; then
    say "npm packages"
    npm ci --prefix tests --no-audit --no-fund --loglevel=error || stop "npm could not install tests/package.json"
    cp tests/package-lock.json tests/node_modules/.installed
fi
if ! cmp -s tests/requirements.txt target/venv/.installed; then
    say "Python packages"
    python3 -c 'import venv, ensurepip' 2>/dev/null || apt_install python3-venv
    rm -rf target/venv
    python3 -m venv target/venv || stop "python3 could not make a virtual environment"
    target/venv/bin/pip install -q -r tests/requirements.txt || stop "pip could not install tests/requirements.txt"
    cp tests/requirements.txt target/venv/.installed
fi

say "layout"
cargo fmt --all --check
say "clippy"
cargo clippy --quiet --workspace --all-targets -- -D warnings
say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --no-deps
say "tests"
cargo test --workspace --no-fail-fast
