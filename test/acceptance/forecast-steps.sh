#!/usr/bin/env bash
# The pipelines that take files, power-usage and store-sales, with curl and the real AWS CLI, against whatever
# AWS_ENDPOINT_URL names. usage: forecast-steps.sh <virtual environment with awscli>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$venv/bin:$PATH"

is() { [ "$1" = "$2" ] || { echo "expected $2, got $1"; exit 1; }; }
# Until a command answers what is wanted, a minute at most.
becomes() {
  local wanted=$1 answer=
  shift
  for _ in $(seq 60); do
    answer=$("$@" 2>/dev/null) || true
    [ "$answer" = "$wanted" ] && return
    sleep 1
  done
  echo "expected $wanted of $*, got $answer"
  exit 1
}
bucket() { echo "$1-000000000000-us-east-1"; }

echo "s3 cp a meter's readings to power-usage"
{
  echo Date,Time,Global_active_power,Global_reactive_power,Voltage,Global_intensity,Sub_metering_1,Sub_metering_2,Sub_metering_3
  for minute in $(seq 10 39); do echo "01/12/2008,00:$minute:00,0.516,0.336,248.63,2.4,0,1,0"; done
} >"$work/readings.csv"
aws s3 cp --only-show-errors "$work/readings.csv" "s3://$(bucket s3datastreaming)/1234_readings.csv"
becomes 30 aws dynamodb query --table-name ConsumerTable --select COUNT --query Count --output text \
  --key-condition-expression '#d = :d' --expression-attribute-names '{"#d": "Date"}' \
  --expression-attribute-values '{":d": {"S": "01/12/2008"}}'
becomes "2008-12-01 00:39:00" aws dynamodb query --table-name real-time-predictions --index-name by-user \
  --key-condition-expression 'user_id = :u' --expression-attribute-values '{":u": {"S": "1234"}}' \
  --no-scan-index-forward --max-items 1 --query 'Items[0].until.S' --output text

echo "curl power-usage's API"
id=$(aws apigateway get-rest-apis --query "items[?name=='power-usage'].id" --output text)
month=$(curl -sSf "$AWS_ENDPOINT_URL/_api/$id/prod/monthly_prediction/2010-11-02T21:00:00")
is "$(python3 -c 'import json, sys; print(len(json.load(sys.stdin)))' <<<"$month")" 29

echo "curl store-sales' API"
id=$(aws apigatewayv2 get-apis --query "Items[?Name=='store-sales'].ApiId" --output text)
curl -sSf "$AWS_ENDPOINT_URL/_api/$id/upcoming.csv" -o "$work/upcoming.csv"
curl -sSf -X POST "$AWS_ENDPOINT_URL/_api/$id/predict_sales/3000888"
echo

echo "s3 cp the days to forecast to store-sales"
aws s3 cp --only-show-errors "$work/upcoming.csv" "s3://$(bucket store-sales-uploads)/upcoming.csv"
forecasts=s3://$(bucket store-sales-forecasts)/forecasts/upcoming.csv.out
lines() { aws s3 cp "$forecasts" - | wc -l; }
becomes 28512 lines
