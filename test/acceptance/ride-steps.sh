#!/usr/bin/env bash
# The steps of handlers/ride-duration/README.md with the real AWS CLI and boto3, against whatever AWS_ENDPOINT_URL
# names. usage: ride-steps.sh <virtual environment with awscli and boto3>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$venv/bin:$PATH"

ride='{"ride": {"PULocationID": 130, "DOLocationID": 205, "trip_distance": 3.66}, "ride_id": 7001}'
# Version 1 of the CLI takes --data as text, version 2 as base64 unless told otherwise.
raw=()
if aws --version 2>&1 | grep -q '^aws-cli/2'; then raw=(--cli-binary-format raw-in-base64-out); fi

echo "kinesis put-record"
aws kinesis put-record --stream-name ride_events --partition-key 7001 --data "$ride" "${raw[@]}"

echo "kinesis get-shard-iterator, get-records"
iterator=$(aws kinesis get-shard-iterator --stream-name ride_predictions \
  --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text)
for _ in $(seq 50); do
  aws kinesis get-records --shard-iterator "$iterator" --query 'Records[].Data' --output text |
    tr '\t' '\n' | while read -r data; do base64 -d <<<"$data"; echo; done >"$work/predictions"
  grep '"ride_id": *7001' "$work/predictions" && break
done
grep -q '"ride_id": *7001' "$work/predictions"

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
