"""The reference pipeline's own test: a ride goes in, one prediction with its id comes out."""

import json
import time

import boto3

kinesis = boto3.client("kinesis")
shard_id = "shardId-000000000000"

iterator = kinesis.get_shard_iterator(
    StreamName="ride_predictions", ShardId=shard_id, ShardIteratorType="LATEST"
)["ShardIterator"]

ride = {"ride": {"PULocationID": 130, "DOLocationID": 205, "trip_distance": 3.66}, "ride_id": 7002}
kinesis.put_record(StreamName="ride_events", Data=json.dumps(ride), PartitionKey="7002")

records = []
deadline = time.monotonic() + 30
while not records and time.monotonic() < deadline:
    response = kinesis.get_records(ShardIterator=iterator, Limit=1)
    records, iterator = response["Records"], response["NextShardIterator"]
    time.sleep(0.25)

assert len(records) == 1, f"{len(records)} predictions"
prediction = json.loads(records[0]["Data"])
print(prediction)
assert prediction["model"] == "ride_duration_prediction_model"
assert prediction["prediction"]["ride_id"] == 7002
assert records[0]["PartitionKey"] == "7002"

endpoint = boto3.client("sagemaker-runtime")
answer = endpoint.invoke_endpoint(
    EndpointName="ride-duration",
    ContentType="application/json",
    Body=json.dumps({"instances": [[130, 205, 3.66]]}),
)
minutes = json.loads(answer["Body"].read())["predictions"][0][0]
assert abs(minutes - prediction["prediction"]["ride_duration"]) < 1e-3
assert answer["InvokedProductionVariant"] == "AllTraffic"

try:
    kinesis.describe_stream_summary(StreamName="nowhere")
except kinesis.exceptions.ResourceNotFoundException as error:
    print(error)
else:
    raise AssertionError("a stream that does not exist was described")
