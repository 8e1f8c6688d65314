"""The SageMaker Python SDK's own Predictor against an endpoint of the tank: CSV and JSON, one row and many."""

import boto3
from sagemaker.deserializers import CSVDeserializer, JSONDeserializer
from sagemaker.predictor import Predictor
from sagemaker.serializers import CSVSerializer, JSONSerializer
from sagemaker.session import Session

session = Session(
    sagemaker_client=boto3.client("sagemaker"),
    sagemaker_runtime_client=boto3.client("sagemaker-runtime"),
    boto_session=boto3.Session(),
)
ROWS = [[130, 205, 3.66], [74, 75, 1.2]]


def predictor(serializer, deserializer):
    return Predictor("ride-duration", session, serializer=serializer, deserializer=deserializer)


from_csv = predictor(CSVSerializer(), CSVDeserializer()).predict(ROWS)
from_json = predictor(JSONSerializer(), JSONDeserializer()).predict({"instances": ROWS})
minutes = [float(row[0]) for row in from_csv]
print("minutes", minutes)
assert len(minutes) == 2 and abs(minutes[0] - 16.170177) < 1e-3, from_csv
assert [row[0] for row in from_json["predictions"]] == minutes, from_json

try:
    predictor(JSONSerializer(), JSONDeserializer()).predict({"instances": [[1, 2]]})
except session.sagemaker_runtime_client.exceptions.ModelError as error:
    print(error)
    assert error.response["OriginalStatusCode"] == 400
else:
    raise AssertionError("a row of two numbers was answered")
