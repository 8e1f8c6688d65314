import base64
import json
import os

import boto3

PREDICTIONS_STREAM_NAME = os.getenv("PREDICTIONS_STREAM_NAME", "ride_predictions")
ENDPOINT_NAME = os.getenv("ENDPOINT_NAME", "ride-duration")
RUN_ID = os.getenv("RUN_ID")
TEST_RUN = os.getenv("TEST_RUN", "False") == "True"

kinesis = boto3.client("kinesis")
sagemaker = boto3.client("sagemaker-runtime")


def prepare_features(ride):
    return [ride["PULocationID"], ride["DOLocationID"], ride["trip_distance"]]


def predict(features):
    response = sagemaker.invoke_endpoint(
        EndpointName=ENDPOINT_NAME,
        ContentType="application/json",
        Body=json.dumps({"instances": [features]}),
    )
    predictions = json.loads(response["Body"].read())["predictions"]
    return float(predictions[0][0])


def lambda_handler(event, context):
    predictions_events = []

    for record in event["Records"]:
        encoded_data = record["kinesis"]["data"]
        decoded_data = base64.b64decode(encoded_data).decode("utf-8")
        ride_event = json.loads(decoded_data)

        ride = ride_event["ride"]
        ride_id = ride_event["ride_id"]

        prediction_event = {
            "model": "ride_duration_prediction_model",
            "version": RUN_ID,
            "prediction": {
                "ride_duration": predict(prepare_features(ride)),
                "ride_id": ride_id,
            },
        }
        predictions_events.append(prediction_event)

    # Only once the whole batch is read: a bad record would have put its neighbours' predictions twice.
    if not TEST_RUN:
        for prediction_event in predictions_events:
            kinesis.put_record(
                StreamName=PREDICTIONS_STREAM_NAME,
                Data=json.dumps(prediction_event),
                PartitionKey=str(prediction_event["prediction"]["ride_id"]),
            )

    return {"predictions": predictions_events}
