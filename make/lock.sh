#!/bin/sh
# Write constraints.txt anew: the exact versions that the bounds of requirements.txt and of the dev group
# resolve to today, in an empty environment, on the oldest Python that is supported.
set -eu

python=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$python" -m venv "$place/env"
"$place/env/bin/python" -m pip install --quiet --upgrade pip
"$place/env/bin/python" -m pip install --quiet -r requirements.txt --group dev
{
    echo "# Every package of the full environment, pinned; written by \`make lock\`. Bounds are in requirements.txt."
    "$place/env/bin/python" -m pip freeze --all | grep '^[A-Za-z0-9._-]*==' | grep -v '^setuptools=='
} >"$place/constraints.txt"
cp "$place/constraints.txt" constraints.txt
