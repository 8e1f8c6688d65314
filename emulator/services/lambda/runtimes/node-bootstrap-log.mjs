// The log of a Node.js execution environment, and errors as they appear in it and in answers.
// As AWS's Node.js runtime interface client writes them.
import { StringDecoder } from "node:string_decoder";
import { format, types } from "node:util";

/** The id in each line; stays from one invocation to the next, as on AWS. */
export const log = { requestId: undefined };

const flushes = [];

/** Sends `console` and what is written to the standard streams to `print`, an event at a time. */
export function captureLog(print) {
  const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
  const lowest = levels.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL ?? "").toUpperCase());
  for (const [index, level] of levels.entries()) {
    const write = (...parts) =>
      print(`${new Date().toISOString()}\t${log.requestId}\t${level}\t${format(...parts)}`);
    console[level.toLowerCase()] = index < lowest && level !== "FATAL" ? () => {} : write;
  }
  console.log = console.info;
  captureLines(process.stdout, print);
  captureLines(process.stderr, print);
}

/** Prints what does not end in a line break yet. */
export function flushLog() {
  for (const flush of flushes) flush();
}

function captureLines(stream, print) {
  const decoder = new StringDecoder("utf8");
  let partial = "";
  flushes.push(() => {
    if (partial !== "") print(partial);
    partial = "";
  });
  stream.write = (chunk, encoding, callback) => {
    const isText = typeof chunk === "string";
    const lines = (partial + (isText ? chunk : decoder.write(Buffer.from(chunk)))).split("\n");
    partial = lines.pop();
    for (const line of lines) print(line);
    const done = typeof encoding === "function" ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
}

export function logError(what, error) {
  const asError = error instanceof Error ? error : new Error(error);
  let text;
  try {
    text = JSON.stringify(asError, (_key, value) =>
      value instanceof Error ? spread(value) : value,
    );
  } catch {
    text = JSON.stringify(shapeOf(asError));
  }
  console.error(what, `\t${text}`);
}

/** An error's own members, and those that JSON would leave out. */
function spread(error) {
  const { name, message, code, stack } = error;
  const spreadOut = { errorType: name, errorMessage: message, code, ...error };
  if (typeof stack === "string") spreadOut.stack = stack.split("\n");
  return spreadOut;
}

/** What a failed invocation answers for anything that was thrown. */
export function shapeOf(error) {
  try {
    if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    const { name, message, stack } = error;
    return { errorType: name, errorMessage: message, trace: String(stack).split("\n") };
  } catch {
    return {
      errorType: "handled",
      errorMessage:
        "callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack",
    };
  }
}

/** Errors of other realms and errors by their looks count too. */
function isError(value) {
  if (types.isNativeError(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return [value.name, value.message, value.stack].every((text) => text && typeof text === "string");
}

/** An error of the runtime itself: `Runtime.HandlerNotFound` and the like. */
export function runtimeError(name, message) {
  const error = new Error(message);
  error.name = `Runtime.${name}`;
  error.stack = `${error.name}: ${message}\n${error.stack.split("\n").slice(1).join("\n")}`;
  return error;
}
