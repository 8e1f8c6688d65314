import base64
import json
import os

import boto3

ENDPOINT_NAME = os.getenv("ENDPOINT_NAME", "sentiment")
# As in text.ts.
MAX_LENGTH = 10_000

sagemaker = boto3.client("sagemaker-runtime")


class BadRequest(Exception):
    """What the caller did wrong, in words for the caller."""


def answer(status, value):
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json", "access-control-allow-origin": "*"},
        "body": json.dumps(value),
    }


def is_http(event):
    """Whether API Gateway or a function URL hands over a request."""
    return isinstance(event, dict) and "requestContext" in event


def read_body(event):
    body = event.get("body") or ""
    if body == "":
        raise BadRequest('the body is empty: expected {"payload": "text"}')
    try:
        if event.get("isBase64Encoded"):
            body = base64.b64decode(body).decode("utf-8")
        return json.loads(body)
    except UnicodeDecodeError:
        raise BadRequest("the body is not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise BadRequest('the body is not JSON: expected {"payload": "text"}') from None


def read_payload(event):
    if not isinstance(event, dict):
        raise BadRequest('expected {"payload": "text"}')
    if "payload" not in event:
        raise BadRequest('payload is missing: expected {"payload": "text"}')
    payload = event["payload"]
    if not isinstance(payload, str):
        raise BadRequest(f"payload is of type {type(payload).__name__}, not a text")
    if payload.strip() == "":
        raise BadRequest("payload is empty")
    if len(payload) > MAX_LENGTH:
        raise BadRequest(f"payload has {len(payload)} characters; at most {MAX_LENGTH} are read")
    if any("\ud800" <= character <= "\udfff" for character in payload):
        raise BadRequest("payload is not valid Unicode")
    return payload


def predict(text):
    response = sagemaker.invoke_endpoint(
        EndpointName=ENDPOINT_NAME,
        ContentType="application/json",
        Body=json.dumps({"instances": [[text]]}),
    )
    predictions = json.loads(response["Body"].read())["predictions"]
    return predictions[0]["category"]


def lambda_handler(event, context):
    try:
        text = read_payload(read_body(event) if is_http(event) else event)
    except BadRequest as error:
        return answer(400, {"error": str(error)})
    categorized = {"Raw Text": text, "Categories": predict(text)}
    return answer(200, categorized) if is_http(event) else categorized
