"""What runs inside a Python execution environment: loads the handler's module, takes events from the Runtime API
and answers them. Standard library only. Behaviour as of AWS's Python runtime interface client.
"""

import decimal
import http.client
import importlib
import json
import math
import os
import re
import sys
import threading
import time
import uuid

import python_bootstrap_log as log
from python_bootstrap_log import Fault

API = os.environ["AWS_LAMBDA_RUNTIME_API"]
# From Python 3.12 on AWS's runtime writes characters as they are, not as \\u escapes.
PYTHON_MINOR = int(os.environ.get("AWS_EXECUTION_ENV", "").rpartition(".")[2] or 0)


class Encoder(json.JSONEncoder):
    """Writes decimals as numbers with all their digits, which the standard library cannot."""

    def __init__(self):
        super().__init__(ensure_ascii=PYTHON_MINOR < 12)
        self._mark = None

    def default(self, o):
        if not isinstance(o, decimal.Decimal):
            return super().default(o)
        if o.is_nan():
            return math.nan
        self._mark = self._mark or uuid.uuid4().hex
        return f"{self._mark}{o}{self._mark}"

    def encode(self, o):
        text = super().encode(o)
        return re.sub(f'"{self._mark}(.*?){self._mark}"', r"\1", text) if self._mark else text


def marshal(response):
    if isinstance(response, bytes):
        return response, "application/unknown"
    try:
        return Encoder().encode(response).encode("utf-8", "surrogatepass"), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


def unmarshal(body):
    try:
        return json.loads(body)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error


class Members:
    """Named values as attributes; those that are not given are None."""

    def __init__(self, names, values):
        for name in names:
            setattr(self, name, (values or {}).get(name))


def client_context(text):
    if not text:
        return None
    context = Members(("custom", "env", "client"), json.loads(text))
    if context.client is not None:
        names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
        context.client = Members(names, context.client)
    return context


class LambdaContext:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.tenant_id = None
        self.client_context = client_context(headers["Lambda-Runtime-Client-Context"])
        self.identity = Members(("cognito_identity_id", "cognito_identity_pool_id"), {})
        self._deadline = time.time() * 1000 + int(headers["Wavetank-Timeout-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, int(self._deadline - time.time() * 1000))

    def log(self, msg):
        log.print_event(str(msg))


def load(name):
    """The handler's function, from a setting like "folder/module.function"."""
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Fault(
            "Runtime.MalformedHandlerName",
            f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)",
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            f"Cannot use built-in module {module_name} as a handler module",
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}{how_to_install(error)}"
        raise Fault("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        message = f"Syntax error in module '{module_name}': {error}"
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise Fault("Runtime.HandlerNotFound", message) from error


def how_to_install(error):
    """AWS's runtime brings boto3 along; the interpreter here may lack it."""
    if (error.name or "").split(".")[0] not in ("boto3", "botocore"):
        return ""
    return (
        f"\nAWS's runtime brings boto3 along, but {sys.executable} has none. Install it there with "
        f"`{sys.executable} -m pip install boto3`, or name another interpreter in the environment variable WAVETANK_PYTHON."
    )


def memory_bytes():
    try:
        with open("/proc/self/statm", encoding="ascii") as table:
            return int(table.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


class RuntimeApi:
    def __init__(self):
        self._connection = http.client.HTTPConnection(API)

    def post(self, path, body, **headers):
        self._connection.request("POST", f"/2018-06-01/runtime/{path}", body, headers)
        self._connection.getresponse().read()

    def next(self):
        self._connection.request("GET", "/2018-06-01/runtime/invocation/next")
        response = self._connection.getresponse()
        return response.headers, response.read()


def serve(api, handler, event):
    headers, body = event
    request_id = log.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"]
    started = time.perf_counter()
    try:
        outcome = "response"
        result, content_type = marshal(handler(unmarshal(body), LambdaContext(headers)))
    except Exception as error:
        shape = log.shape_of(error, request_id)
        log.error(shape)
        outcome, content_type = "error", "application/json"
        result = json.dumps(shape).encode()
    duration_ms = (time.perf_counter() - started) * 1000
    log.finish()
    api.post(
        f"invocation/{request_id}/{outcome}",
        result,
        **{
            "Content-Type": content_type,
            "Wavetank-Duration-Ms": str(duration_ms),
            "Wavetank-Memory-Bytes": str(memory_bytes()),
        },
    )


def follow_the_tank():
    """Nothing ever comes on the channel; when it closes, the tank is gone."""
    while os.read(log.CHANNEL, 1):
        pass
    os._exit(0)


def main():
    log.capture()
    threading.Thread(target=follow_the_tank, daemon=True).start()
    # In place of this file's folder, as AWS's runtime has it.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    api = RuntimeApi()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:
        shape = log.shape_of(error)
        log.error(shape)
        log.finish()
        api.post("init/error", json.dumps(shape).encode())
        sys.exit(1)
    while True:
        serve(api, handler, api.next())


if __name__ == "__main__":
    main()
