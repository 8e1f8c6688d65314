#!/usr/bin/env bash
# The scaling notebook's flow with the real AWS CLI: a target of 1 to 3 instances, a policy of 100 invocations a
# minute and instance, load, and the instances rising and falling, with minutes of a tenth of a second.
# usage: scaling.sh <virtual environment with awscli>
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$1/bin:$PATH"
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
port=$(node -e '
  const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
    console.log(server.address().port);
    server.close();
  });')
load=

node bin/wavetank.js start handlers/wine/template.yaml --port "$port" --fast-scaling 600 --quiet &
tank=$!
trap 'kill $load $tank 2>/dev/null || true; wait 2>/dev/null || true' EXIT
node bin/wavetank.js wait --port "$port" --timeout 60s
eval "$(node bin/wavetank.js env --port "$port")"

target=(--service-namespace sagemaker --resource-id endpoint/wine/variant/AllTraffic
  --scalable-dimension sagemaker:variant:DesiredInstanceCount)

# Waits until the endpoint has so many instances, for half a minute at most.
instances() {
  for _ in $(seq 40); do
    count=$(aws sagemaker describe-endpoint --endpoint-name wine \
      --query 'ProductionVariants[0].CurrentInstanceCount' --output text)
    if [ "$count" = "$1" ]; then
      echo "CurrentInstanceCount: $count"
      return
    fi
    [ $SECONDS -lt "$2" ] || break
  done
  echo "CurrentInstanceCount is $count, not $1" >&2
  return 1
}

aws application-autoscaling register-scalable-target "${target[@]}" --min-capacity 1 --max-capacity 3
aws application-autoscaling put-scaling-policy "${target[@]}" --policy-name Invocations \
  --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration '{
    "TargetValue": 100, "ScaleInCooldown": 60, "ScaleOutCooldown": 60,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}
  }' --query 'Alarms[].AlarmName'
instances 1 15

api=$(aws apigateway get-rest-apis --query "items[?name=='DecisionTreeAPI'].id" --output text)
while :; do
  curl --silent --fail --output /dev/null --request POST --header 'content-type: text/csv' \
    --data 14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065 \
    "$AWS_ENDPOINT_URL/_api/$api/DummyStage/wine?[1-500]"
done &
load=$!
instances 3 35
kill $load
wait $load 2>/dev/null || true
load=
instances 1 55

# The whole output is taken before it is looked through: `grep -q` would leave the CLI with a broken pipe.
activities=$(aws application-autoscaling describe-scaling-activities "${target[@]}" --max-items 2 \
  --query 'ScalingActivities[].[Description,StatusCode]' --output text)
echo "$activities"
grep -q '^Setting desired instance count to 1\..*Successful' <<< "$activities"
