"""Batches that a function does not take: what Lambda tells a queue, and what it keeps in a bucket."""

import base64
import io
import json
import re
import zipfile

import boto3
from support.waiting import until

STREAM = "failing-by-python"
ACCOUNT = "000000000000"
FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:failing"
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"

kinesis = boto3.client("kinesis")
functions = boto3.client("lambda")
sqs = boto3.client("sqs")
s3 = boto3.client("s3")

packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as archive:
    archive.writestr("index.mjs", "export const handler = () => { throw new Error('no'); };")
functions.create_function(
    FunctionName="failing",
    Runtime="nodejs22.x",
    Handler="index.handler",
    Role=f"arn:aws:iam::{ACCOUNT}:role/failing",
    Code={"ZipFile": packed.getvalue()},
)
functions.get_waiter("function_active_v2").wait(FunctionName="failing", WaiterConfig={"Delay": 1})
kinesis.create_stream(StreamName=STREAM, ShardCount=1)
kinesis.get_waiter("stream_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1})
stream = kinesis.describe_stream_summary(StreamName=STREAM)["StreamDescriptionSummary"]["StreamARN"]
queue = sqs.create_queue(QueueName="failed-by-python")["QueueUrl"]
known = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
queue_arn = known["Attributes"]["QueueArn"]
s3.create_bucket(Bucket="failed-by-python")

put = [{"Data": f"record {n}".encode(), "PartitionKey": "one"} for n in range(3)]
taken = kinesis.put_records(StreamName=STREAM, Records=put)["Records"]
numbers = [record["SequenceNumber"] for record in taken]


def mapped(destination):
    mapping = functions.create_event_source_mapping(
        EventSourceArn=stream,
        FunctionName="failing",
        StartingPosition="TRIM_HORIZON",
        MaximumRetryAttempts=1,
        DestinationConfig={"OnFailure": {"Destination": destination}},
    )
    assert mapping["BatchSize"] == 100 and mapping["State"] == "Creating", mapping
    return mapping["UUID"]


def removed(mapping):
    functions.delete_event_source_mapping(UUID=mapping)

    def gone():
        listed = functions.list_event_source_mappings(FunctionName="failing")
        return not listed["EventSourceMappings"]

    until(gone, "the mapping is deleted")


def checked(document):
    """The members that AWS documents, and no others."""
    assert list(document) == [
        "requestContext",
        "responseContext",
        "version",
        "timestamp",
        "KinesisBatchInfo",
    ], document
    context = dict(document["requestContext"])
    assert re.fullmatch(r"[0-9a-f-]{36}", context.pop("requestId")), document
    assert context == {
        "functionArn": FUNCTION,
        "condition": "RetryAttemptsExhausted",
        "approximateInvokeCount": 2,
    }, context
    assert document["responseContext"] == {
        "statusCode": 200,
        "executedVersion": "$LATEST",
        "functionError": "Unhandled",
    }, document
    assert document["version"] == "1.0" and re.fullmatch(INSTANT, document["timestamp"]), document
    batch = dict(document["KinesisBatchInfo"])
    for end in ("First", "Last"):
        assert re.fullmatch(INSTANT, batch.pop(f"approximateArrivalOf{end}Record")), document
    assert batch == {
        "shardId": "shardId-000000000000",
        "startSequenceNumber": numbers[0],
        "endSequenceNumber": numbers[-1],
        "batchSize": 3,
        "streamArn": stream,
    }, batch


mapping = mapped(queue_arn)
message = until(
    lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"),
    "the queue is told",
)[0]
print("SQS:", message["Body"])
checked(json.loads(message["Body"]))
removed(mapping)

mapping = mapped("arn:aws:s3:::failed-by-python")
[kept] = until(
    lambda: s3.list_objects_v2(Bucket="failed-by-python").get("Contents"), "the bucket has it"
)
print("S3:", kept["Key"])
day, time = r"(\d{4})/(\d\d)/(\d\d)/\1-\2-\3", r"\d\d\.\d\d\.\d\d"
name = rf"aws/lambda/{mapping}/shardId-000000000000/{day}T{time}-[0-9a-f-]{{36}}"
assert re.fullmatch(name, kept["Key"]), kept["Key"]
document = json.loads(s3.get_object(Bucket="failed-by-python", Key=kept["Key"])["Body"].read())
records = document.pop("payload")["Records"]
checked(document)
assert [base64.b64decode(record["kinesis"]["data"]) for record in records] == [
    record["Data"] for record in put
], records
first = dict(records[0])
assert first.pop("kinesis").keys() == {
    "kinesisSchemaVersion",
    "partitionKey",
    "sequenceNumber",
    "data",
    "approximateArrivalTimestamp",
}, records
assert first == {
    "eventSource": "aws:kinesis",
    "eventVersion": "1.0",
    "eventID": f"shardId-000000000000:{numbers[0]}",
    "eventName": "aws:kinesis:record",
    "invokeIdentityArn": f"arn:aws:iam::{ACCOUNT}:role/failing",
    "awsRegion": "us-east-1",
    "eventSourceARN": stream,
}, first
removed(mapping)
print("failed batches told to a queue and kept in a bucket")
