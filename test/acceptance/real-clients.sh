#!/usr/bin/env bash
# ride-steps.sh, asked-steps.sh and file-steps.sh against a tank of their own.
# usage: real-clients.sh <virtual environment with awscli and boto3>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
export PATH="$venv/bin:$PATH" WAVETANK_PYTHON="$venv/bin/python3"
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
port=45661

node bin/wavetank.js start handlers/*/template.yaml --port $port --quiet &
tank=$!
trap 'kill $tank 2>/dev/null || true; wait $tank 2>/dev/null || true' EXIT
node bin/wavetank.js wait --port $port --timeout 120s
eval "$(node bin/wavetank.js env --port $port)"

test/acceptance/ride-steps.sh "$venv"
test/acceptance/asked-steps.sh "$venv"
test/acceptance/file-steps.sh "$venv"

echo "Ctrl-C gives the port back"
kill -INT $tank
wait $tank
node -e "require('node:net').createServer().listen($port, '127.0.0.1', function () { this.close(); })"
