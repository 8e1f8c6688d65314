"""boto3's own waiters, paginators and errors for SageMaker, against the tank."""

import boto3
from support.models import model_data_of

sagemaker = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")
role = "arn:aws:iam::000000000000:role/model"
data = model_data_of("ride-duration")

for number in range(3):
    name = f"waited-{number}"
    container = {"Image": "any", "ModelDataUrl": data}
    sagemaker.create_model(ModelName=name, ExecutionRoleArn=role, PrimaryContainer=container)
    variant = {
        "VariantName": "one",
        "ModelName": name,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    waiter = sagemaker.get_waiter("endpoint_in_service")
    waiter.wait(EndpointName=name, WaiterConfig={"Delay": 1})
    answer = runtime.invoke_endpoint(EndpointName=name, ContentType="text/csv", Body="130,205,3.66")
    assert abs(float(answer["Body"].read()) - 16.170177) < 1e-3
    streamed = runtime.invoke_endpoint_with_response_stream(
        EndpointName=name, ContentType="text/csv", Body="130,205,3.66"
    )
    parts = [event["PayloadPart"]["Bytes"] for event in streamed["Body"]]
    assert abs(float(b"".join(parts)) - 16.170177) < 1e-3, parts

pages = sagemaker.get_paginator("list_endpoints").paginate(
    NameContains="waited", PaginationConfig={"PageSize": 2}
)
listed = [endpoint["EndpointName"] for page in pages for endpoint in page["Endpoints"]]
assert sorted(listed) == ["waited-0", "waited-1", "waited-2"], listed

for name in listed:
    sagemaker.delete_endpoint(EndpointName=name)
    sagemaker.get_waiter("endpoint_deleted").wait(EndpointName=name, WaiterConfig={"Delay": 1})
    sagemaker.delete_endpoint_config(EndpointConfigName=name)
    sagemaker.delete_model(ModelName=name)
try:
    runtime.invoke_endpoint(EndpointName="waited-0", Body="1")
except runtime.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "ValidationError", error
    print(error)
else:
    raise AssertionError("an endpoint that is gone was invoked")
print("endpoints waited for, listed and deleted:", len(listed))
