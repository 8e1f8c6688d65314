"""CloudWatch by boto3 over each wire protocol that its clients use, and CloudWatch Logs beside it."""

import json
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config

now = datetime.now(timezone.utc)


def client(protocol):
    """boto3 takes the first protocol of its own order that the service has: the model is told of one alone."""
    session = boto3.Session()
    loader = session._session.get_component("data_loader")
    model = loader.load_service_model("cloudwatch", "service-2")
    metadata = dict(model["metadata"], protocol=protocol, protocols=[protocol])
    changed = dict(model, metadata=metadata)
    load = loader.load_service_model

    def load_one(service, kind, api_version=None):
        if (service, kind) == ("cloudwatch", "service-2"):
            return changed
        return load(service, kind, api_version)

    loader.load_service_model = load_one
    return session.client("cloudwatch", config=Config(retries={"total_max_attempts": 1}))


for protocol in ["query", "json", "smithy-rpc-v2-cbor"]:
    cloudwatch = client(protocol)
    assert cloudwatch.meta.service_model.resolved_protocol == protocol
    namespace = f"Rides/{protocol}"
    dimensions = [{"Name": "City", "Value": "Nice & Èze"}]
    fare = {"MetricName": "Fare", "Dimensions": dimensions, "Timestamp": now}
    # More than 10 KiB, which boto3 compresses.
    many = [dict(fare, Value=float(value % 10), Unit="Count") for value in range(500)]
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=many)
    span = {"StartTime": now - timedelta(minutes=5), "EndTime": now + timedelta(minutes=5)}
    answer = cloudwatch.get_metric_statistics(
        Namespace=namespace,
        MetricName="Fare",
        Dimensions=dimensions,
        Period=60,
        Statistics=["Sum", "Maximum"],
        ExtendedStatistics=["p90"],
        **span,
    )
    [point] = answer["Datapoints"]
    assert (point["Sum"], point["Maximum"], point["Unit"]) == (2250, 9, "Count"), point
    assert point["ExtendedStatistics"] == {"p90": 8}, point
    assert point["Timestamp"] == now.replace(second=0, microsecond=0), point
    metric = {"Namespace": namespace, "MetricName": "Fare", "Dimensions": dimensions}
    stat = {"Metric": metric, "Period": 60, "Stat": "Average"}
    queries = [
        {"Id": "m", "MetricStat": stat, "ReturnData": False},
        {"Id": "e", "Expression": "m * 2", "Label": "twice"},
    ]
    [result] = cloudwatch.get_metric_data(MetricDataQueries=queries, **span)["MetricDataResults"]
    assert (result["Label"], result["Values"]) == ("twice", [9]), result
    [listed] = cloudwatch.list_metrics(Namespace=namespace)["Metrics"]
    assert listed == metric, listed

    alarm = {
        "AlarmName": f"fares-{protocol}",
        "EvaluationPeriods": 2,
        "Threshold": 1.5,
        "ComparisonOperator": "GreaterThanThreshold",
        "Statistic": "Sum",
        "Period": 60,
        "TreatMissingData": "notBreaching",
        **metric,
    }
    cloudwatch.put_metric_alarm(**alarm)
    name = alarm["AlarmName"]
    reason = {"AlarmName": name, "StateReason": "a drill"}
    cloudwatch.set_alarm_state(StateValue="ALARM", **reason)
    cloudwatch.get_waiter("alarm_exists").wait(AlarmNames=[name])
    [told] = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    assert told["StateValue"] == "ALARM" and alarm.items() <= told.items(), told
    history = cloudwatch.describe_alarm_history(AlarmName=name)["AlarmHistoryItems"]
    assert json.loads(history[0]["HistoryData"])["newState"]["stateValue"] == "ALARM", history
    cloudwatch.delete_alarms(AlarmNames=[name])
    try:
        cloudwatch.set_alarm_state(StateValue="OK", **reason)
    except cloudwatch.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "ResourceNotFound", error.response
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error.response
    else:
        raise AssertionError("an alarm that is gone was set")
    try:
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=[dict(fare, Value=1, Values=[1])])
    except cloudwatch.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidParameterCombination", error.response
    else:
        raise AssertionError("a value and values were taken together")
    print(protocol, "published, read, alarmed")

logs = boto3.client("logs")
logs.create_log_group(logGroupName="rides")
logs.create_log_stream(logGroupName="rides", logStreamName="one")
at = int(time.time() * 1000)
events = [{"timestamp": at, "message": json.dumps({"ms": value})} for value in range(3)]
logs.put_log_events(logGroupName="rides", logStreamName="one", logEvents=events)
pages = logs.get_paginator("filter_log_events").paginate(
    logGroupName="rides", filterPattern="{ $.ms >= 1 }", PaginationConfig={"PageSize": 1}
)
found = [event["message"] for page in pages for event in page["events"]]
assert found == ['{"ms": 1}', '{"ms": 2}'], found
logs.delete_log_group(logGroupName="rides")
print("logs filtered:", len(found))
