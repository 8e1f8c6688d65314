"""A meter's file by boto3 into power-usage's bucket: its rows in DynamoDB, its forecast there and in S3."""

import json
from datetime import datetime, timedelta

import boto3
from support.waiting import until

USER = "4711"
UPLOADS = "s3datastreaming-000000000000-us-east-1"
HISTORY = "usage-hist-stream-000000000000-us-east-1"
FAILED = "power-usage-failed-records-000000000000-us-east-1"

s3 = boto3.client("s3")
dynamodb = boto3.resource("dynamodb")
readings = dynamodb.Table("ConsumerTable")
predictions = dynamodb.Table("real-time-predictions")

start = datetime(2009, 12, 1)
minutes = [start + timedelta(minutes=minute) for minute in range(120)]
lines = [
    "Date,Time,Global_active_power,Global_reactive_power,Voltage,Global_intensity,"
    "Sub_metering_1,Sub_metering_2,Sub_metering_3"
]
for at in minutes:
    lines.append(f"{at:%d/%m/%Y},{at:%H:%M:%S},0.516,0.336,248.63,2.4,0,1,0")
# One that is cut off is told of and does not stop the others.
lines.append("01/12/2009,02:00:00,0.5")
s3.put_object(Bucket=UPLOADS, Key=f"{USER}_december.csv", Body="\n".join(lines))


def rows():
    items = [item for item in readings.scan()["Items"] if item["user_id"] == USER]
    return items if len(items) >= len(minutes) else None


kept = until(rows, "the rows are in ConsumerTable")
assert len(kept) == len(minutes), len(kept)
print("rows in DynamoDB:", len(kept), kept[0])


def forecasts():
    key = boto3.dynamodb.conditions.Key("user_id").eq(USER)
    return predictions.query(IndexName="by-user", KeyConditionExpression=key)["Items"]


forecast = until(forecasts, "a forecast is in real-time-predictions")[0]
print("forecast in DynamoDB:", forecast)
until(lambda: s3.list_objects_v2(Bucket=HISTORY, Prefix="").get("Contents"), "a forecast is in S3")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=HISTORY)
keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
bodies = [s3.get_object(Bucket=HISTORY, Key=key)["Body"].read() for key in keys]
print("objects in S3:", keys, json.loads(bodies[0]))
assert "Contents" not in s3.list_objects_v2(Bucket=FAILED), "a record has failed"
