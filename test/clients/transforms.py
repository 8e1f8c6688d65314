"""Batch transform by boto3 and by the SageMaker Python SDK's Transformer, on wine's and store-sales's models."""

import io
import json

import boto3
import numpy
from sagemaker.model import Model
from sagemaker.session import Session
from sagemaker.transformer import Transformer
from support.models import model_of

BUCKET = "transforms-by-python"
WINE = [14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065]
OTHER = [12.37, 0.94, 1.36, 10.6, 88, 1.98, 0.57, 0.28, 0.42, 1.95, 1.05, 1.82, 520]
MANY = {"TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1}}

sagemaker = boto3.client("sagemaker")
s3 = boto3.client("s3")
s3.create_bucket(Bucket=BUCKET)


def csv(*rows):
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows)


def put(key, body):
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    return f"s3://{BUCKET}/{key}"


def get(key):
    found = s3.get_object(Bucket=BUCKET, Key=key)
    return found["Body"].read(), found["ContentType"]


def transform(name, source, output, **more):
    sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=more.pop("model", wine),
        TransformInput={
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": source.pop("uri")}},
            **source,
        },
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/out", **output},
        **MANY,
        **more,
    )
    waiter = sagemaker.get_waiter("transform_job_completed_or_stopped")
    waiter.wait(TransformJobName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return sagemaker.describe_transform_job(TransformJobName=name)


wine = model_of("wine")
runtime = boto3.client("sagemaker-runtime")


def asked(body):
    answer = runtime.invoke_endpoint(EndpointName="wine", ContentType="text/csv", Body=body)
    return answer["Body"].read().decode()


plain = {"ContentType": "text/csv", "SplitType": "Line"}
lines = {"Accept": "text/csv", "AssembleWith": "Line"}

uri = put("in/wines.csv", csv(WINE, OTHER))
job = transform("wines", {"uri": uri, **plain}, dict(lines))
assert job["TransformJobStatus"] == "Completed", job
body, content_type = get("out/wines.csv.out")
assert body.decode() == asked(csv(WINE, OTHER)), body
assert content_type == "text/csv", content_type
print("CSV by lines:", body)

uri = put("in/named.csv", csv(["a", *WINE], ["b", *OTHER]))
filters = {"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0,14]"}
transform("named", {"uri": uri, **plain}, dict(lines), DataProcessing=filters)
body, _ = get("out/named.csv.out")
assert [line.split(",")[0] for line in body.decode().splitlines()] == ["a", "b"], body
print("with their names:", body)

packed = io.BytesIO()
numpy.save(packed, numpy.array([[130, 205, 3.66], [74, 75, 1.2]], dtype=numpy.float32))
uri = put("in/rides.npy", packed.getvalue())
npy = "application/x-npy"
ride = {"model": model_of("ride-duration")}
transform("numpy", {"uri": uri, "ContentType": npy}, {"Accept": npy}, **ride)
body, content_type = get("out/rides.npy.out")
minutes = numpy.load(io.BytesIO(body)).flatten()
assert content_type == npy and abs(minutes - [16.170177, 7.499916]).max() < 1e-3, minutes
print("NumPy:", minutes)

uri = put("in/bad.csv", "nonsense\n")
try:
    transform("bad", {"uri": uri, **plain}, dict(lines))
except Exception as error:
    print(error)
    told = sagemaker.describe_transform_job(TransformJobName="bad")
    assert told["TransformJobStatus"] == "Failed" and "client error (400)" in told["FailureReason"]
else:
    raise AssertionError("nonsense was transformed")
failed = sagemaker.list_transform_jobs(StatusEquals="Failed", NameContains="bad")
assert [job["TransformJobName"] for job in failed["TransformJobSummaries"]] == ["bad"], failed
pages = sagemaker.get_paginator("list_transform_jobs").paginate(
    SortBy="Name", SortOrder="Ascending", PaginationConfig={"PageSize": 1}
)
names = [job["TransformJobName"] for page in pages for job in page["TransformJobSummaries"]]
assert [name for name in names if name in ("bad", "named", "numpy", "wines")] == [
    "bad",
    "named",
    "numpy",
    "wines",
], names

session = Session(
    sagemaker_client=sagemaker,
    sagemaker_runtime_client=runtime,
    boto_session=boto3.Session(),
    default_bucket=BUCKET,
)
place = {"output_path": f"s3://{BUCKET}/sdk", "assemble_with": "Line", "accept": "text/csv"}
transformer = Transformer(wine, 1, "ml.m5.large", sagemaker_session=session, **place)
transformer.transform(
    f"s3://{BUCKET}/in/wines.csv", content_type="text/csv", split_type="Line", wait=True, logs=False
)
body, _ = get("sdk/wines.csv.out")
assert body.decode() == asked(csv(WINE, OTHER)), body
attached = Transformer.attach(transformer.latest_transform_job.name, sagemaker_session=session)
assert attached.output_path == place["output_path"], attached.output_path
print("Transformer:", body)

deployed = sagemaker.describe_model(ModelName=model_of("ride-duration"))
data = deployed["PrimaryContainer"]["ModelDataUrl"]
role = "arn:aws:iam::000000000000:role/model"
model = Model("any/server:1", data, role=role, sagemaker_session=session)
transformer = model.transformer(1, "ml.m5.large", **place)
uri = put("rides/rides.jsonl", '{"id":7,"features":[130,205,3.66]}\n')
transformer.accept = "application/jsonlines"
transformer.transform(
    uri,
    content_type="application/jsonlines",
    split_type="Line",
    input_filter="$.features",
    join_source="Input",
    output_filter="$['id','SageMakerOutput']",
    wait=True,
    logs=True,
)
body, _ = get("sdk/rides.jsonl.out")
joined = json.loads(body)
assert joined["id"] == 7 and "16.170" in json.dumps(joined["SageMakerOutput"]), joined
transformer.delete_model()
print("Model.transformer():", joined)
