# A pipeline's Python functions behind AWS's Runtime Interface Emulator. The base image has boto3.
#   docker run -p 127.0.0.1:9000:8080 wavetank/ride-duration-python
FROM public.ecr.aws/lambda/python:3.11
ARG PIPELINE=ride-duration
LABEL org.opencontainers.image.title="wavetank/${PIPELINE}-python" \
      org.opencontainers.image.description="The Python functions of the pipeline ${PIPELINE}" \
      org.opencontainers.image.licenses="MIT"
COPY handlers/${PIPELINE}/*.py ${LAMBDA_TASK_ROOT}/
CMD ["lambda_function.lambda_handler"]
