#!/usr/bin/env bash
# The example projects work for a stranger: copied into an empty folder, the packed package and everything else
# installed from the registry, type-checked and tested there.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" >/dev/null
for manifest in test/examples/*/package.json; do
  example=$(dirname "$manifest")
  copy=$work/$(basename "$example")
  printf '%s\n' "$example"
  mkdir "$copy"
  # What git has of it, or would have: a node_modules of its own stays behind.
  git -C "$example" ls-files --cached --others --exclude-standard -z |
    tar -C "$example" -cf - --null -T - | tar -C "$copy" -xf -
  cd "$copy"
  ONNXRUNTIME_NODE_INSTALL=skip npm install --no-audit --no-fund --loglevel=error ../wavetank-*.tgz
  npm test
  cd "$root"
done
