"""Asynchronous inference by boto3 and by the SageMaker Python SDK's AsyncPredictor: answers and failures in S3."""

import json

import boto3
from sagemaker.async_inference import AsyncInferenceConfig, WaiterConfig
from sagemaker.deserializers import CSVDeserializer, JSONDeserializer, NumpyDeserializer
from sagemaker.exceptions import AsyncInferenceModelError
from sagemaker.model import Model
from sagemaker.predictor import Predictor
from sagemaker.serializers import CSVSerializer, NumpySerializer
from sagemaker.session import Session
from support.models import model_data_of

BUCKET = "async-by-python"
ENDPOINT = "async-by-python"
SOON = {"Delay": 1, "MaxAttempts": 60}

sagemaker = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")
s3 = boto3.client("s3")
s3.create_bucket(Bucket=BUCKET)
session = Session(
    sagemaker_client=sagemaker,
    sagemaker_runtime_client=runtime,
    boto_session=boto3.Session(),
    default_bucket=BUCKET,
)
model = Model(
    "any/server:1",
    model_data_of("ride-duration"),
    role="arn:aws:iam::000000000000:role/model",
    sagemaker_session=session,
    predictor_cls=Predictor,
)
later = model.deploy(
    1,
    "ml.m5.large",
    endpoint_name=ENDPOINT,
    serializer=CSVSerializer(),
    deserializer=CSVDeserializer(),
    async_inference_config=AsyncInferenceConfig(
        output_path=f"s3://{BUCKET}/out", failure_path=f"s3://{BUCKET}/failed"
    ),
)


def place(uri):
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return {"Bucket": bucket, "Key": key}


def read(uri):
    s3.get_waiter("object_exists").wait(**place(uri), WaiterConfig=SOON)
    found = s3.get_object(**place(uri))
    return found["Body"].read(), found["ContentType"]


def invoke(body, **more):
    s3.put_object(Bucket=BUCKET, Key="in/ride", Body=body)
    answer = runtime.invoke_endpoint_async(
        EndpointName=ENDPOINT, InputLocation=f"s3://{BUCKET}/in/ride", **more
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202, answer
    return answer


answer = invoke("130,205,3.66", ContentType="text/csv", InferenceId="seven")
assert answer["InferenceId"] == "seven", answer
body, content_type = read(answer["OutputLocation"])
assert abs(float(body) - 16.170177) < 1e-3 and content_type == "text/csv", (body, content_type)
print("answered into", answer["OutputLocation"], body)

answer = invoke("nonsense", ContentType="text/csv")
failure, _ = read(answer["FailureLocation"])
print("failed into", answer["FailureLocation"], failure)
told = json.loads(failure)
assert told["ErrorType"] == "ModelError" and told["OriginalStatusCode"] == 400, told
unanswered = place(answer["OutputLocation"])
assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET, Prefix=unanswered["Key"])

try:
    runtime.invoke_endpoint(EndpointName=ENDPOINT, ContentType="text/csv", Body="130,205,3.66")
except runtime.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "ValidationError", error.response
    print(error)
else:
    raise AssertionError("an asynchronous endpoint answered at once")

# The SDK's threads look for the other object, too, until their attempts end.
soon = WaiterConfig(max_attempts=8, delay=1)
[[minutes]] = later.predict([[130, 205, 3.66]], waiter_config=soon)
assert abs(float(minutes) - 16.170177) < 1e-3, minutes
response = later.predict_async([[130, 205, 3.66], [74, 75, 1.2]])
assert len(response.get_result(soon)) == 2, response.get_result()
try:
    later.predict_async([[1, 2]]).get_result(soon)
except AsyncInferenceModelError as error:
    print(error)
    assert "expected rows of 3 numbers" in str(error), error
else:
    raise AssertionError("a row of two numbers was answered")

# These read the answer's format off the object's content type.
later.serializer = NumpySerializer(dtype="float32")
later.deserializer = NumpyDeserializer()
minutes = later.predict([[130, 205, 3.66]], waiter_config=soon)
assert abs(minutes.flatten()[0] - 16.170177) < 1e-3, minutes
later.serializer = CSVSerializer()
later.deserializer = JSONDeserializer()
answered = later.predict([[130, 205, 3.66]], waiter_config=soon)
print("AsyncPredictor:", minutes, answered)
assert len(answered["predictions"]) == 1, answered
later.delete_endpoint()
