#!/usr/bin/env bash
# Every pipeline's template is one that `sam deploy` would accept, and what `sam build` makes of it loads as Lambda
# loads it. Nothing is asked of AWS.
# usage: sam.sh <virtual environment with aws-sam-cli and boto3>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# SAM runs the esbuild that it finds.
export PATH="$PWD/node_modules/.bin:$venv/bin:$PATH" SAM_CLI_TELEMETRY=0 AWS_REGION=us-east-1
for template in handlers/*/template.yaml; do
  name=$(basename "$(dirname "$template")")
  sam validate --lint --region us-east-1 --template "$template"
  # Quiet unless it fails: it ends with advice on deploying from a folder that will be gone.
  if ! sam build --template "$template" --build-dir "$work/$name" --cache-dir "$work/cache" >"$work/log" 2>&1; then
    cat "$work/log"
    exit 1
  fi
  node test/acceptance/load-built.js "$work/$name" "$name"
done
