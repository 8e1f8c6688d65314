"""The log of a Python execution environment, and errors as they appear in it and in answers.
As AWS's Python runtime interface client writes them.
"""

import logging
import os
import struct
import sys
import threading
import time
import traceback

CHANNEL = 3
# Kinds of frames, as in python.ts.
PRINT = 1
FLUSHED = 2

NO_BREAK_SPACE = "\u00a0"
FOLDER = os.path.dirname(os.path.abspath(__file__))

request_id = ""


def send(kind, body=b""):
    frame = struct.pack("<BII", kind, 0, len(body)) + body
    while frame:
        frame = frame[os.write(CHANNEL, frame) :]


def print_event(text):
    send(PRINT, text.encode("utf-8", "backslashreplace"))


class LogStream:
    """Standard output or error: each line is a log event."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, stream):
        self.buffer = stream.buffer
        self._stream = stream
        self._partial = ""
        self._lock = threading.RLock()

    def write(self, text):
        with self._lock:
            *lines, self._partial = (self._partial + text).split("\n")
            for line in lines:
                print_event(line)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def finish(self):
        with self._lock:
            if self._partial:
                print_event(self._partial)
                self._partial = ""

    def __getattr__(self, name):
        return getattr(self._stream, name)


class LogHandler(logging.Handler):
    def emit(self, record):
        record.aws_request_id = request_id
        print_event(self.format(record))


streams = []


def capture():
    streams[:] = LogStream(sys.stdout), LogStream(sys.stderr)
    sys.stdout, sys.stderr = streams
    logging.Formatter.converter = time.gmtime
    handler = LogHandler()
    handler.setFormatter(
        logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
    )
    root = logging.getLogger()
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        root.setLevel(level)
    root.addHandler(handler)


def finish():
    """Says that all which was printed so far has been sent."""
    for stream in streams:
        stream.finish()
    send(FLUSHED)


class Fault(Exception):
    """An error of the runtime itself, e.g. Runtime.HandlerNotFound."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


def shape_of(error, invocation=""):
    """What a failed invocation answers for an exception."""
    if isinstance(error, Fault):
        kind, trace = error.error_type, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        while frames and os.path.dirname(frames[0].filename) == FOLDER:
            frames.pop(0)
        plain = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames]
        kind, trace = type(error).__name__, traceback.format_list(plain)
    return {
        "errorMessage": str(error),
        "errorType": kind,
        "requestId": invocation,
        "stackTrace": trace,
    }


def error(shape):
    """One log event of several lines, indented with spaces that CloudWatch keeps."""
    message = ": " + shape["errorMessage"] if shape["errorMessage"] else ""
    lines = ["[ERROR] " + shape["errorType"] + message, "Traceback (most recent call last):"]
    for element in shape["stackTrace"]:
        for line in element.splitlines():
            text = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(text)) + text)
    print_event("\n".join(lines))
