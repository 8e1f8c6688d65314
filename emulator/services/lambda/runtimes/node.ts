import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { NodeModule } from "../code/node-code.ts";
import { PROVIDED } from "../code/node-modules.ts";
import { folderMissing } from "../model/function-error.ts";
import { Child } from "./child-process.ts";
import { encodeFrame, type Frame, FrameReader } from "./frames.ts";
import type { InvocationEvent, Launch, RunningRuntime, RuntimeListener } from "./runtime.ts";

// Kinds of frames, as in node-bootstrap.mjs.
const INVOKE = 1;
const READY = 1;
const INIT_ERROR = 2;
const PRINT = 3;
const RESPONSE = 4;
const ERROR = 5;
/** An error that nobody caught: the process ends after it. */
const LAST_ERROR = 6;

/** The heap's share of the function's memory; buffers and code need the rest. */
const HEAP_SHARE = 0.9;

/** Starts a Node.js process that loads the handler's module and then waits for events. */
export function startNode(
  { settings, taskRoot, variables }: Launch,
  module: NodeModule,
  listener: RuntimeListener,
): RunningRuntime {
  const reader = new FrameReader((frame) => heard(frame, listener));
  const bootstrap = {
    ...module,
    provided: { pattern: PROVIDED.source, from: fileURLToPath(import.meta.url) },
  };
  const child = new Child({
    command: process.execPath,
    args: [
      `--max-old-space-size=${Math.floor(settings.memoryMb * HEAP_SHARE)}`,
      bootstrapFile("node-bootstrap.mjs"),
      JSON.stringify(bootstrap),
    ],
    folder: taskRoot,
    variables: {
      // The SDK's advice to leave Node.js 20 would stand in every function's log.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...variables,
    },
    received: (chunk) => reader.read(chunk),
    wrote: (line) => listener.printed(line),
    exited: (exit) => listener.exited(exit),
    notStarted: () => listener.notStarted(folderMissing(taskRoot)),
  });
  return {
    deliver: (event) => child.write(encodeFrame(INVOKE, headerOf(event), event.payload)),
    memoryBytes: () => child.memoryBytes(),
    kill: () => child.kill(),
  };
}

/** Finds a file that runs in a process of its own: beside this one, in the sources and in the package. */
export function bootstrapFile(name: string): string {
  const file = fileURLToPath(new URL(`./${name}`, import.meta.url));
  if (!existsSync(file))
    throw new Error(`${name} is missing beside ${fileURLToPath(import.meta.url)}`);
  return file;
}

// Headers of every invocation are lines and words: JSON would take longer to write and read.

function headerOf(event: InvocationEvent): string {
  const { requestId, timeoutMs, traceId, invokedFunctionArn, clientContext = "" } = event;
  return `${requestId}\n${timeoutMs}\n${traceId}\n${invokedFunctionArn}\n${clientContext}`;
}

function heard({ kind, header, body }: Frame, listener: RuntimeListener): void {
  if (kind === READY) listener.ready(JSON.parse(header));
  else if (kind === INIT_ERROR) listener.initFailed(body);
  else if (kind === PRINT) listener.printed(body.toString());
  else if (kind === RESPONSE || kind === ERROR || kind === LAST_ERROR) {
    const space = header.indexOf(" ");
    listener.ended({
      payload: body,
      isError: kind !== RESPONSE,
      isLast: kind === LAST_ERROR,
      durationMs: Number(header.slice(0, space)),
      memoryBytes: Number(header.slice(space)),
    });
  }
}
