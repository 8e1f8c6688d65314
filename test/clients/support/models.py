"""What the pipelines' endpoints serve: CloudFormation names the models."""

import boto3


sagemaker = boto3.client("sagemaker")


def model_of(endpoint):
    """The name of the model behind an endpoint's first variant."""
    config = sagemaker.describe_endpoint(EndpointName=endpoint)["EndpointConfigName"]
    variants = sagemaker.describe_endpoint_config(EndpointConfigName=config)["ProductionVariants"]
    return variants[0]["ModelName"]


def model_data_of(endpoint):
    """Where that model's data are in S3."""
    model = sagemaker.describe_model(ModelName=model_of(endpoint))
    return model["PrimaryContainer"]["ModelDataUrl"]
