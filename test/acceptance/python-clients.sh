#!/usr/bin/env bash
# The Python programs of test/clients, each a real client, against a tank of its own with all pipelines but sentiment.
# usage: python-clients.sh <virtual environment with boto3 and the SageMaker Python SDK 2>
set -euo pipefail
cd "$(dirname "$0")/../.."
python=$1/bin/python3
port=45663
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_ENDPOINT_URL=http://127.0.0.1:$port SAGEMAKER_SUPPRESS_V2_WARNING=1
node bin/wavetank.js start handlers/{ride-duration,wine,store-sales,power-usage}/template.yaml --port $port --quiet >/dev/null &
tank=$!
trap 'kill $tank 2>/dev/null || true; wait $tank 2>/dev/null || true' EXIT
node bin/wavetank.js wait --port $port --timeout 120s
for program in test/clients/*.py; do
  [ "$program" = test/clients/waiting.py ] && continue
  printf '%s\n' "$program"
  "$python" -W ignore "$program"
done
