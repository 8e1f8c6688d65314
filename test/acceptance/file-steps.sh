#!/usr/bin/env bash
# Files in and files out, with the real AWS CLI, against whatever AWS_ENDPOINT_URL names: an upload of power-usage and
# one of store-sales, a batch transform, models by their names, a failed batch in a queue and in a bucket, and an
# asynchronous inference. usage: file-steps.sh <virtual environment with awscli>
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$1/bin:$PATH"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
raw=()
if aws --version 2>&1 | grep -q '^aws-cli/2'; then raw=(--cli-binary-format raw-in-base64-out); fi
account=000000000000-us-east-1
# Version 1 goes past AWS_ENDPOINT_URL for this service.
sqs=(sqs --endpoint-url "$AWS_ENDPOINT_URL")

# Runs a command, for half a minute at most, until it prints something; prints that.
until_some() {
  local found end=$((SECONDS + 30))
  while [ $SECONDS -lt $end ]; do
    found=$("$@" 2>/dev/null) || found=
    if [ -n "$found" ] && [ "$found" != None ]; then
      echo "$found"
      return
    fi
    sleep 0.2
  done
  echo "nothing came of: $*" >&2
  return 1
}
is() { [ "$1" = "$2" ] || { echo "expected $2, got $1"; exit 1; }; }

echo "s3 cp, a meter's readings"
cat >"$work/readings.csv" <<CSV
Date,Time,Global_active_power,Global_reactive_power,Voltage,Global_intensity,Sub_metering_1,Sub_metering_2,Sub_metering_3
01/12/2008,00:00:00,0.516,0.336,248.63,2.4,0,1,0
01/12/2008,00:01:00,0.514,0.336,248.65,2.4,0,1,0
CSV
aws s3 cp "$work/readings.csv" "s3://s3datastreaming-$account/815_readings.csv" --no-progress
until_some aws dynamodb get-item --table-name ConsumerTable --output text --query Item.user_id.S \
  --key '{"Date": {"S": "01/12/2008"}, "Time": {"S": "00:01:00"}}'
until_some aws s3api list-objects-v2 --bucket "usage-hist-stream-$account" --prefix predictions/815_ \
  --query 'Contents[].Key' --output text

echo "s3 cp, sales to forecast"
cat >"$work/upcoming.csv" <<CSV
id,date,store_nbr,family,onpromotion
3000888,2017-08-16,1,AUTOMOTIVE,0
3000889,2017-08-16,1,BABY CARE,0
CSV
aws s3 cp "$work/upcoming.csv" "s3://store-sales-uploads-$account/" --no-progress
until_some aws s3 cp "s3://store-sales-forecasts-$account/forecasts/upcoming.csv.out" - | tee "$work/sales.csv"
is "$(cut -d, -f1 "$work/sales.csv" | xargs)" "3000888 3000889"

echo "sagemaker create-transform-job"
wine=14.23,1.71,2.43,15.6,127,2.8,3.06,0.28,2.29,5.64,1.04,3.92,1065
printf 'first,%s\nsecond,%s\n' $wine $wine >"$work/wines.csv"
aws s3 mb s3://file-steps
aws s3 cp "$work/wines.csv" s3://file-steps/in/ --no-progress
model=$(aws sagemaker describe-endpoint-config --query 'ProductionVariants[0].ModelName' --output text \
  --endpoint-config-name "$(aws sagemaker describe-endpoint --endpoint-name wine --query EndpointConfigName --output text)")
aws sagemaker create-transform-job --transform-job-name file-steps --model-name "$model" \
  --transform-input 'ContentType=text/csv,SplitType=Line,DataSource={S3DataSource={S3DataType=S3Prefix,S3Uri=s3://file-steps/in/}}' \
  --transform-output Accept=text/csv,AssembleWith=Line,S3OutputPath=s3://file-steps/out \
  --transform-resources InstanceType=ml.m5.large,InstanceCount=1 \
  --data-processing '{"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0,14]"}'
until_some aws sagemaker list-transform-jobs --name-contains file-steps --status-equals Completed \
  --query 'TransformJobSummaries[].TransformJobName' --output text
# It would look again after a minute only.
aws sagemaker wait transform-job-completed-or-stopped --transform-job-name file-steps
is "$(aws s3 cp s3://file-steps/out/wines.csv.out - | xargs)" "first,0 second,0"
is "$(aws s3api head-object --bucket file-steps --key out/wines.csv.out --query ContentType --output text)" text/csv

echo "sagemaker-runtime invoke-endpoint --target-model"
row=44,1,228,0,0,1,0,0,0,0.10116832,-0.99486932,-0.20129852,0.97952994,0.29936312,-0.95413926,-0.39435586,0.91895781,0,0,1.0986123
ask() {
  aws sagemaker-runtime invoke-endpoint --endpoint-name store-sales --target-model "$1" --content-type text/csv \
    --body $row "${raw[@]}" "$work/sales" >/dev/null
}
ask bread-bakery.tar.gz
cat "$work/sales"
if ask absent.tar.gz 2>"$work/error"; then exit 1; fi
grep "(ValidationError).*Failed to download model data (bucket: store-sales-models-$account, key: families/absent.tar.gz)" \
  "$work/error"
until_some aws cloudwatch list-metrics --namespace AWS/SageMaker --metric-name ModelLoadingTime \
  --query "Metrics[].Dimensions[?Name=='EndpointName'].Value[]" --output text

echo "kinesis put-record, what no function reads"
aws kinesis put-record --stream-name sales_events --partition-key 1 --data '{"event_id": "1", "store_nbr": 99}' \
  "${raw[@]}" --query ShardId --output text
key=$(until_some aws s3api list-objects-v2 --bucket "store-sales-failed-records-$account" \
  --query 'Contents[0].Key' --output text)
echo "$key"
aws s3 cp "s3://store-sales-failed-records-$account/$key" "$work/failed.json" --no-progress
python3 - "$work/failed.json" "$key" <<'PY'
import base64, json, re, sys
document = json.load(open(sys.argv[1]))
assert re.match(r"aws/lambda/[0-9a-f-]{36}/shardId-000000000000/\d{4}/\d\d/\d\d/", sys.argv[2])
assert document["KinesisBatchInfo"]["batchSize"] == 1, document
assert document["requestContext"]["condition"] == "RetryAttemptsExhausted", document
[record] = document["payload"]["Records"]
assert json.loads(base64.b64decode(record["kinesis"]["data"]))["store_nbr"] == 99, record
PY

echo "a mapping whose failed batches a queue is told of"
queue=$(aws "${sqs[@]}" create-queue --queue-name file-steps --query QueueUrl --output text)
queue_arn=$(aws "${sqs[@]}" get-queue-attributes --queue-url "$queue" --attribute-names QueueArn \
  --query Attributes.QueueArn --output text)
mapping=$(aws lambda list-event-source-mappings --function-name store-sales-stream \
  --query 'EventSourceMappings[0].UUID' --output text)
aws lambda update-event-source-mapping --uuid "$mapping" --query State --output text \
  --destination-config "OnFailure={Destination=$queue_arn}"
until_some aws lambda list-event-source-mappings --function-name store-sales-stream --output text \
  --query "EventSourceMappings[?State=='Enabled'].DestinationConfig.OnFailure.Destination"
aws kinesis put-record --stream-name sales_events --partition-key 1 --data 'no JSON' "${raw[@]}" \
  --query ShardId --output text
until_some aws "${sqs[@]}" receive-message --queue-url "$queue" --wait-time-seconds 5 --query 'Messages[0].Body' \
  --output text >"$work/message.json"
python3 - "$work/message.json" <<'PY'
import json, sys
document = json.load(open(sys.argv[1]))
members = {"requestContext", "responseContext", "version", "timestamp", "KinesisBatchInfo"}
assert document.keys() == members, document
assert document["requestContext"]["functionArn"].endswith(":function:store-sales-stream"), document
assert document["KinesisBatchInfo"]["batchSize"] == 1, document
print(document)
PY

echo "sagemaker-runtime invoke-endpoint-async"
aws sagemaker create-endpoint-config --endpoint-config-name later --query EndpointConfigArn --output text \
  --production-variants "VariantName=one,ModelName=$model,InstanceType=ml.m5.large,InitialInstanceCount=1" \
  --async-inference-config 'OutputConfig={S3OutputPath=s3://file-steps/later,S3FailurePath=s3://file-steps/failed}'
aws sagemaker create-endpoint --endpoint-name later --endpoint-config-name later --output text
until_some aws sagemaker list-endpoints --name-contains later --status-equals InService \
  --query 'Endpoints[].EndpointName' --output text
for input in $wine nonsense; do
  echo $input | aws s3 cp - "s3://file-steps/asked/$input"
  aws sagemaker-runtime invoke-endpoint-async --endpoint-name later --content-type text/csv --inference-id $input \
    --input-location "s3://file-steps/asked/$input" --query '[OutputLocation,FailureLocation]' --output text
done
is "$(until_some aws s3 cp "s3://file-steps/later/$wine.out" - | cut -d, -f1)" 0
until_some aws s3 cp s3://file-steps/failed/nonsense-error.out - | grep -o '"OriginalStatusCode":400'
aws sagemaker delete-endpoint --endpoint-name later
