#!/usr/bin/env bash
# The steps of handlers/ride-duration/README.md with the real AWS CLI and boto3, against a tank of its own.
# usage: real-clients.sh <virtual environment with awscli and boto3>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
work=$(mktemp -d)
export PATH="$venv/bin:$PATH" WAVETANK_PYTHON="$venv/bin/python3"
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
port=45661

node bin/wavetank.js start handlers/ride-duration/template.yaml --port $port --quiet &
tank=$!
trap 'kill $tank 2>/dev/null || true; wait $tank 2>/dev/null || true; rm -rf "$work"' EXIT
node bin/wavetank.js wait --port $port --timeout 60s
eval "$(node bin/wavetank.js env --port $port)"

ride='{"ride": {"PULocationID": 130, "DOLocationID": 205, "trip_distance": 3.66}, "ride_id": 7001}'
# Version 1 of the CLI takes --data as text, version 2 as base64 unless told otherwise.
raw=()
if aws --version 2>&1 | grep -q '^aws-cli/2'; then raw=(--cli-binary-format raw-in-base64-out); fi

echo "kinesis put-record"
aws kinesis put-record --stream-name ride_events --partition-key 7001 --data "$ride" "${raw[@]}"

echo "kinesis get-shard-iterator, get-records"
iterator=$(aws kinesis get-shard-iterator --stream-name ride_predictions \
  --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON --query ShardIterator)
for _ in $(seq 50); do
  answer=$(aws kinesis get-records --shard-iterator "$iterator" --query 'Records[].Data' --output text)
  [ -n "$answer" ] && break
done
base64 -d <<<"${answer%%$'\t'*}" | tee >(cat >&2) | grep '"ride_id": *7001' >/dev/null

for function in ride-duration ride-duration-in-function ride-duration-python; do
  echo "lambda invoke $function"
  payload=(--payload file://handlers/ride-duration/event.json "${raw[@]}")
  aws lambda invoke --function-name $function "${payload[@]}" "$work/$function.json"
  grep -q '"ride_id": *256' "$work/$function.json" || { cat "$work/$function.json"; exit 1; }
done
python3 - "$work" <<'PY'
import json, sys
answers = [json.load(open(f"{sys.argv[1]}/{name}.json")) for name in
           ("ride-duration", "ride-duration-in-function", "ride-duration-python")]
durations = [answer["predictions"][0]["prediction"]["ride_duration"] for answer in answers]
assert max(durations) - min(durations) < 1e-3, durations
print("the three variants agree:", durations)
PY

echo "sagemaker-runtime invoke-endpoint"
aws sagemaker-runtime invoke-endpoint --endpoint-name ride-duration --content-type text/csv \
  --body '130,205,3.66' "${raw[@]}" "$work/minutes.csv"
cat "$work/minutes.csv"

echo "s3 cp"
head -c 9000000 /dev/urandom >"$work/nine-megabytes"
aws s3 mb s3://acceptance
aws s3 cp "$work/nine-megabytes" s3://acceptance/folder/nine-megabytes --no-progress
aws s3 cp s3://acceptance/folder/nine-megabytes "$work/back" --no-progress
cmp "$work/nine-megabytes" "$work/back"
aws s3 ls s3://acceptance/folder/

echo "boto3"
python3 test/acceptance/ride.py

echo "Ctrl-C gives the port back"
kill -INT $tank
wait $tank
node -e "require('node:net').createServer().listen($port, '127.0.0.1', function () { this.close(); })"
