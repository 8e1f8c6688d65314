import { existsSync } from "node:fs";
import { folderMissing, interpreterMissing } from "../model/function-error.ts";
import { Child } from "./child-process.ts";
import { type Frame, FrameReader } from "./frames.ts";
import { bootstrapFile } from "./node.ts";
import type { InvocationEnd, Launch, RunningRuntime, RuntimeListener } from "./runtime.ts";
import { RuntimeApi } from "./runtime-api.ts";

// Kinds of frames, as in python_bootstrap_log.py.
const PRINT = 1;
const FLUSHED = 2;

export interface PythonOptions {
  /** The interpreter's command or path. */
  readonly python: string;
  readonly now: () => number;
}

/** Starts a Python process that loads the handler's module and asks the Runtime API for events. */
export async function startPython(
  { taskRoot, variables }: Launch,
  listener: RuntimeListener,
  { python, now }: PythonOptions,
): Promise<RunningRuntime> {
  const ordered = new AfterLog(listener);
  const api = new RuntimeApi(ordered, { now });
  const address = await api.listen();
  const reader = new FrameReader((frame) => ordered.heard(frame));
  const child = new Child({
    command: python,
    args: [bootstrapFile("python-bootstrap.py")],
    folder: taskRoot,
    variables: {
      ...variables,
      AWS_LAMBDA_RUNTIME_API: address,
      PYTHONUNBUFFERED: "1",
      // The handler's folder is somebody's working copy.
      PYTHONDONTWRITEBYTECODE: "1",
    },
    received: (chunk) => reader.read(chunk),
    wrote: (line) => listener.printed(line),
    exited: (exit) => {
      api.close();
      listener.exited(exit);
    },
    notStarted: () => {
      api.close();
      // The operating system says the same of a missing program and of a missing folder.
      const isFolderThere = existsSync(taskRoot);
      listener.notStarted(isFolderThere ? interpreterMissing(python) : folderMissing(taskRoot));
    },
  });
  return {
    deliver: (event) => api.deliver(event),
    memoryBytes: () => child.memoryBytes(),
    kill: () => child.kill(),
  };
}

/**
 * Log and answers come by two ways. The bootstrap marks in the log where an answer belongs, so that an
 * invocation ends only after all that it printed.
 */
class AfterLog implements RuntimeListener {
  readonly #listener: RuntimeListener;
  /** Answers that came before their marks, less marks that came before their answers. */
  #marks = 0;
  #waiting: (() => void) | undefined;

  constructor(listener: RuntimeListener) {
    this.#listener = listener;
  }

  heard({ kind, body }: Frame): void {
    if (kind === PRINT) this.#listener.printed(body.toString());
    if (kind !== FLUSHED) return;
    this.#marks += 1;
    this.#release();
  }

  ready(): void {
    this.#listener.ready();
  }

  printed(text: string): void {
    this.#listener.printed(text);
  }

  initFailed(payload: Buffer): void {
    this.#afterMark(() => this.#listener.initFailed(payload));
  }

  ended(end: InvocationEnd): void {
    this.#afterMark(() => this.#listener.ended(end));
  }

  lost(): void {}

  exited(): void {}

  notStarted(): void {}

  #afterMark(act: () => void): void {
    this.#waiting = act;
    this.#release();
  }

  #release(): void {
    const act = this.#waiting;
    if (this.#marks === 0 || !act) return;
    this.#marks -= 1;
    this.#waiting = undefined;
    act();
  }
}
