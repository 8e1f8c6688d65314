"""store-sales's multi-model endpoint by boto3, and one of the SageMaker Python SDK's own, MultiDataModel."""

import tempfile

import boto3
from sagemaker.deserializers import CSVDeserializer
from sagemaker.multidatamodel import MultiDataModel
from sagemaker.predictor import Predictor
from sagemaker.serializers import CSVSerializer
from sagemaker.session import Session
from support.models import model_data_of
from support.waiting import until

ENDPOINT = "store-sales"
BUCKET = "multi-model-by-python"
# The store and the 19 features of handlers/store-sales/features.ts.
ROW = "44,1,228,0,0,1,0,0,0,0.10116832,-0.99486932,-0.20129852,0.97952994,0.29936312,-0.95413926"
ROW += ",-0.39435586,0.91895781,0,0,1.0986123"

sagemaker = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")
cloudwatch = boto3.client("cloudwatch")
s3 = boto3.client("s3")


def invoke(target, endpoint=ENDPOINT, body=ROW):
    named = {"TargetModel": target} if target else {}
    answer = runtime.invoke_endpoint(
        EndpointName=endpoint, ContentType="text/csv", Body=body, **named
    )
    return float(answer["Body"].read())


def refused(target):
    try:
        invoke(target)
    except runtime.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "ValidationError", error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, error.response
        print(error)
        return error.response["Error"]["Message"]
    raise AssertionError(f"{target} was answered")


sales = [invoke(f"{family}.tar.gz") for family in ("bread-bakery", "dairy", "bread-bakery")]
assert sales[0] == sales[2] != sales[1], sales
print("by two models:", sales)

prefix = model_data_of(ENDPOINT)
bucket, _, folder = prefix.removeprefix("s3://").partition("/")
absent = refused("absent.tar.gz")
wanted = f"Failed to download model data (bucket: {bucket}, key: {folder}absent.tar.gz)."
assert absent.startswith(wanted), absent
assert "missing a target model header" in refused(None)

dimensions = [
    {"Name": "EndpointName", "Value": ENDPOINT},
    {"Name": "VariantName", "Value": "AllTraffic"},
]
expected = {"ModelCacheHit", "ModelLoadingWaitTime", "ModelDownloadingTime", "ModelLoadingTime"}


def metrics():
    listed = cloudwatch.list_metrics(Namespace="AWS/SageMaker", Dimensions=dimensions)["Metrics"]
    names = {metric["MetricName"] for metric in listed}
    return names if expected <= names else None


print("metrics:", sorted(until(metrics, "the metrics of loading are listed")))


def loaded():
    return cloudwatch.list_metrics(
        Namespace="/aws/sagemaker/Endpoints", MetricName="LoadedModelCount", Dimensions=dimensions
    )["Metrics"]


print("and:", until(loaded, "LoadedModelCount is listed", seconds=90))

session = Session(
    sagemaker_client=sagemaker,
    sagemaker_runtime_client=runtime,
    boto_session=boto3.Session(),
    default_bucket=BUCKET,
)
s3.create_bucket(Bucket=BUCKET)
many = MultiDataModel(
    "many-by-python",
    f"s3://{BUCKET}/models/",
    image_uri="any/server:1",
    role="arn:aws:iam::000000000000:role/model",
    sagemaker_session=session,
    predictor_cls=Predictor,
)
assert list(many.list_models()) == []
predictor = many.deploy(
    1, "ml.m5.large", serializer=CSVSerializer(), deserializer=CSVDeserializer()
)
added = many.add_model(f"{prefix}dairy.tar.gz", "dairy.tar.gz")
assert added == f"s3://{BUCKET}/models/dairy.tar.gz", added
with tempfile.NamedTemporaryFile(suffix=".tar.gz") as copy:
    s3.download_file(bucket, f"{folder}bread-bakery.tar.gz", copy.name)
    many.add_model(copy.name, "2026/bread.tar.gz")
assert sorted(many.list_models()) == ["2026/bread.tar.gz", "dairy.tar.gz"]
for target, wanted in (("dairy.tar.gz", sales[1]), ("2026/bread.tar.gz", sales[0])):
    [[predicted]] = predictor.predict(ROW, target_model=target)
    assert float(predicted) == wanted, predicted
predictor.delete_endpoint()
sagemaker.delete_model(ModelName=many.name)
print("MultiDataModel:", sales)
