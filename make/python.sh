#!/bin/sh
# Print a Python that can build the environment, or say in one sentence what is missing. PYTHON names one.
set -eu

oldest=3.11

recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11
fi

found=
for candidate in "$@"; do
    if recent "$candidate"; then
        found=$candidate
        break
    fi
done

if [ -z "$found" ]; then
    version=$("$1" --version 2>/dev/null || echo "none")
    echo "Accord needs Python $oldest or newer and found: $version." >&2
    echo "Install one (Debian: apt-get install python3 python3-venv; macOS: brew install python) and try again," \
        "or name it: make run PYTHON=/path/to/python3" >&2
    exit 1
fi

if ! "$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    package=$("$found" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "$found cannot make a virtual environment: its venv module is missing." \
        "Install it (Debian: apt-get install $package) and try again." >&2
    exit 1
fi

echo "$found"
