// What runs inside a Node.js execution environment, in plain JavaScript: it loads the handler's module and
// serves one event at a time. Behaviour as of AWS's Node.js runtime interface client.
import { writeSync } from "node:fs";
import { createRequire, Module, register } from "node:module";
import { Socket } from "node:net";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import {
  captureLog,
  flushLog,
  log,
  logError,
  runtimeError,
  shapeOf,
} from "./node-bootstrap-log.mjs";

const CHANNEL = 3;
const PREFIX_BYTES = 9;
// Kinds of frames, as in node.ts.
const INVOKE = 1;
const READY = 1;
const INIT_ERROR = 2;
const PRINT = 3;
const RESPONSE = 4;
const ERROR = 5;
const LAST_ERROR = 6;
const EXIT_AFTER_EXCEPTION = 129;
const EXIT_AFTER_REJECTION = 128;

const launch = JSON.parse(process.argv[2] ?? "{}");
process.argv.splice(1, process.argv.length, "/var/runtime/index.mjs");

const channel = new Socket({ fd: CHANNEL, readable: true, writable: false });
/** The handler's function, once loaded. */
let handler;
/** The invocation under way. */
let current;

// --- The channel. Writes are synchronous: what was printed survives a crash or a kill of the process.

const pause = new Int32Array(new SharedArrayBuffer(4));

function send(kind, header, body) {
  const headerBytes = Buffer.byteLength(header);
  const bodyBytes = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + headerBytes + bodyBytes);
  frame[0] = kind;
  frame.writeUInt32LE(headerBytes, 1);
  frame.writeUInt32LE(bodyBytes, 5);
  frame.write(header, PREFIX_BYTES);
  frame.write(body, PREFIX_BYTES + headerBytes);
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(CHANNEL, frame, at);
    } catch (error) {
      if (error.code !== "EAGAIN") process.exit(1);
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

let waiting = [];
let waitingBytes = 0;

/** Collects chunks until a frame is whole; the tank sends one at a time. */
function receive(chunk) {
  waiting.push(chunk);
  waitingBytes += chunk.length;
  if (waitingBytes < PREFIX_BYTES) return;
  if (waiting.length > 1 && waiting[0].length < PREFIX_BYTES) waiting = [Buffer.concat(waiting)];
  const headerEnd = PREFIX_BYTES + waiting[0].readUInt32LE(1);
  const end = headerEnd + waiting[0].readUInt32LE(5);
  if (waitingBytes < end) return;
  const frame = waiting.length === 1 ? waiting[0] : Buffer.concat(waiting);
  waiting = [];
  waitingBytes = 0;
  if (frame[0] !== INVOKE) return;
  invoke(frame.toString("utf8", PREFIX_BYTES, headerEnd), frame.subarray(headerEnd, end));
}

// --- One invocation.

let memoryBytes = process.memoryUsage.rss();
let memoryReadAt = performance.now();

/** Reading the process table takes a while, so it is not done for every call. */
function measure(startedAt) {
  const now = performance.now();
  if (now - memoryReadAt > 100) {
    memoryBytes = process.memoryUsage.rss();
    memoryReadAt = now;
  }
  return `${now - startedAt} ${memoryBytes}`;
}

function finish(kind, body) {
  if (!current) return;
  const { startedAt } = current;
  current = undefined;
  flushLog();
  send(kind, measure(startedAt), body);
  channel.ref();
}

function succeed(result) {
  let body;
  try {
    body = JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch {
    return finishWithError(new Error("Unable to stringify response body"));
  }
  finish(RESPONSE, body);
}

function finishWithError(error) {
  logError("Invoke Error", error);
  finish(ERROR, JSON.stringify(shapeOf(error)));
}

function invoke(header, payload) {
  const [requestId, timeoutMs, traceId, invokedFunctionArn, ...rest] = header.split("\n");
  const clientContext = rest.join("\n");
  log.requestId = requestId;
  process.env._X_AMZN_TRACE_ID = traceId;
  const invocation = { startedAt: performance.now(), whenIdle: undefined };
  current = invocation;
  // An event loop that runs dry ends the invocation, so the channel must not keep it going.
  channel.unref();
  const first =
    (act) =>
    (...values) => {
      if (current === invocation && !invocation.isSettled) {
        invocation.isSettled = true;
        act(...values);
      }
    };
  const done = first((error, result) => (error == null ? succeed(result) : finishWithError(error)));
  const callback = first((error, result) => {
    if (error != null) finishWithError(error);
    else if (!context.callbackWaitsForEmptyEventLoop) succeed(result);
    else invocation.whenIdle = () => succeed(result);
  });
  const deadline = Date.now() + Number(timeoutMs);
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    succeed: (result) => done(null, result),
    fail: (error) => done(error ?? "handled"),
    done,
    ...environment,
    clientContext: clientContext === "" ? undefined : JSON.parse(clientContext),
    identity: undefined,
    invokedFunctionArn,
    awsRequestId: requestId,
    tenantId: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = handler(JSON.parse(payload.toString()), context, callback);
    if (typeof result?.then === "function") result.then(context.succeed, context.fail);
  } catch (error) {
    callback(error);
  }
}

function whenIdle() {
  if (!current) return;
  if (current.whenIdle) current.whenIdle();
  else if (types.isAsyncFunction(handler)) {
    finishWithError(
      runtimeError(
        "NodeJsExit",
        "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes",
      ),
    );
  } else succeed(null);
}

function fatal(what, error, exitCode) {
  logError(what, error);
  const body = JSON.stringify(shapeOf(error));
  if (handler) finish(LAST_ERROR, body);
  else send(INIT_ERROR, "", body);
  process.exit(exitCode);
}

// --- Loading.

/** Lets code that brings no AWS SDK find the tank's, as AWS's runtimes have one. */
function provide({ pattern, from }) {
  const provided = new RegExp(pattern);
  const require = createRequire(from);
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function resolveFilename(request, ...rest) {
    try {
      return resolve.call(this, request, ...rest);
    } catch (error) {
      if (error.code === "MODULE_NOT_FOUND" && provided.test(request))
        return require.resolve(request);
      throw error;
    }
  };
  if (!launch.isEsModule) return;
  const hook = `export async function resolve(specifier, context, next) {
    try { return await next(specifier, context); } catch (error) {
      if (!${provided}.test(specifier)) throw error;
      return next(specifier, { ...context, parentURL: ${JSON.stringify(pathToFileURL(from).href)} });
    }
  }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

async function load({ file, exportPath, isBundle, isEsModule }) {
  const url = pathToFileURL(file).href;
  let loaded;
  try {
    if (isBundle) loaded = (await import(url)).handlerModule;
    else loaded = isEsModule ? await import(url) : createRequire(url)(file);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError("UserCodeSyntaxError", String(error));
    const isMissing = error?.code === "MODULE_NOT_FOUND";
    throw isMissing ? runtimeError("ImportModuleError", String(error)) : error;
  }
  const found = exportPath.split(".").reduce((value, key) => value?.[key], loaded);
  const name = process.env._HANDLER;
  if (!found) throw runtimeError("HandlerNotFound", `${name} is undefined or not exported`);
  if (typeof found !== "function")
    throw runtimeError("HandlerNotFound", `${name} is not a function`);
  if (found[STREAMING]) {
    throw runtimeError(
      "MalformedStreamingHandler",
      `${name} streams its response, which Wavetank does not emulate yet.`,
    );
  }
  return found;
}

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
globalThis.awslambda = {
  streamifyResponse: (streaming) => Object.assign(streaming, { [STREAMING]: "response" }),
};

const environment = {
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
};

captureLog((text) => send(PRINT, "", text));
process.on("exit", flushLog);
process.on("beforeExit", whenIdle);
process.on("uncaughtException", (error) =>
  fatal("Uncaught Exception", error, EXIT_AFTER_EXCEPTION),
);
process.on("unhandledRejection", (reason, promise) => {
  const error = Object.assign(runtimeError("UnhandledPromiseRejection", String(reason)), {
    reason,
    promise,
  });
  fatal("Unhandled Promise Rejection", error, EXIT_AFTER_REJECTION);
});
// The tank is gone, and with it whoever could want an answer.
channel.on("end", () => process.exit(0));
channel.on("error", () => process.exit(0));
// Handlers that never settle during their module's loading end the process, as on AWS.
channel.unref();
if (launch.isBundle) process.setSourceMapsEnabled(true);
else provide(launch.provided);
try {
  handler = await load(launch);
} catch (error) {
  fatal("Uncaught Exception", error, 1);
}
channel.on("data", receive);
channel.ref();
send(
  READY,
  JSON.stringify({ initMs: performance.now(), memoryBytes: process.memoryUsage.rss() }),
  "",
);
