import json
import os

import boto3

ENDPOINT_NAME = os.getenv("ENDPOINT_NAME", "sentiment")
# As in text.ts.
MAX_LENGTH = 10_000

sagemaker = boto3.client("sagemaker-runtime")


def refusal(message):
    return {
        "statusCode": 400,
        "headers": {"content-type": "application/json"},
        "body": json.dumps({"error": message}),
    }


def what_is_wrong(event):
    if not isinstance(event, dict) or "payload" not in event:
        return 'payload is missing: expected {"payload": "text"}'
    payload = event["payload"]
    if not isinstance(payload, str):
        return f"payload is of type {type(payload).__name__}, not a text"
    if payload.strip() == "":
        return "payload is empty"
    if len(payload) > MAX_LENGTH:
        return f"payload has {len(payload)} characters; at most {MAX_LENGTH} are read"
    if any("\ud800" <= character <= "\udfff" for character in payload):
        return "payload is not valid Unicode"
    return None


def predict(text):
    response = sagemaker.invoke_endpoint(
        EndpointName=ENDPOINT_NAME,
        ContentType="application/json",
        Body=json.dumps({"instances": [[text]]}),
    )
    predictions = json.loads(response["Body"].read())["predictions"]
    return predictions[0]["category"]


def lambda_handler(event, context):
    message = what_is_wrong(event)
    if message is not None:
        return refusal(message)
    text = event["payload"]
    return {"Raw Text": text, "Categories": predict(text)}
