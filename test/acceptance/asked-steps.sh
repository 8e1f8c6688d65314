#!/usr/bin/env bash
# The pipelines that are asked, wine by HTTP and sentiment by Invoke, with curl and the real AWS CLI, against whatever
# AWS_ENDPOINT_URL names. usage: asked-steps.sh <virtual environment with awscli>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$venv/bin:$PATH"
raw=()
if aws --version 2>&1 | grep -q '^aws-cli/2'; then raw=(--cli-binary-format raw-in-base64-out); fi

is() { [ "$1" = "$2" ] || { echo "expected $2, got $1"; exit 1; }; }
json() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

echo "curl wine's API"
api=$(aws apigateway get-rest-apis --query "items[?name=='DecisionTreeAPI'].id" --output text)
url=$AWS_ENDPOINT_URL/_api/$api/DummyStage
wine=$(json body <handlers/wine/event.json)
is "$(curl -sSf "$url/wine" -H 'content-type: text/csv' -d "$wine")" "Your Wine class is Cultivar 0"
is "$(curl -sSf "$url/DT" -d @handlers/wine/event.json | json body)" "Your Wine class is Cultivar 0"
is "$(curl -sS "$url/wine" -d 1,2,3 -o /dev/null -w '%{http_code}')" 400

for function in sentiment sentiment-python; do
  echo "lambda invoke $function"
  aws lambda invoke --function-name $function --payload file://handlers/sentiment/event.json "${raw[@]}" \
    "$work/$function.json"
  is "$(json Categories <"$work/$function.json")" neutral
done

echo "sagemaker-runtime invoke-endpoint wine"
aws sagemaker-runtime invoke-endpoint --endpoint-name wine --content-type text/csv --body "$wine" "${raw[@]}" \
  "$work/class.csv"
is "$(cut -d, -f1 "$work/class.csv")" 0
