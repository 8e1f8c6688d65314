import type { ModelHost } from "../../../emulator/services/sagemaker/index.ts";

type StartOptions = Parameters<ModelHost["start"]>[0];
type RunningModel = Awaited<ReturnType<ModelHost["start"]>>;
type ModelRequest = Parameters<RunningModel["invoke"]>[0];
type ModelAnswer = Awaited<ReturnType<RunningModel["invoke"]>>;

/** Containers that start when the test opens the gate, and answer what it says. */
export class GatedHost implements ModelHost {
  readonly started: StartOptions[] = [];
  readonly requests: ModelRequest[] = [];
  stopped = 0;
  readonly #answer: (request: ModelRequest, variant: string) => Promise<ModelAnswer> | ModelAnswer;
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};

  constructor(
    answer: (request: ModelRequest, variant: string) => Promise<ModelAnswer> | ModelAnswer,
  ) {
    this.#answer = answer;
    this.close();
  }

  /** Containers that start from now on wait for the gate. */
  close(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): this {
    this.#open();
    return this;
  }

  async start(options: StartOptions): Promise<RunningModel> {
    this.started.push(options);
    const aborted = new Promise<never>((_, reject) => {
      options.signal.addEventListener("abort", () => reject(options.signal.reason));
    });
    await Promise.race([this.#gate, aborted]);
    const underWay = new Set<Promise<unknown>>();
    return {
      invoke: async (request) => {
        this.requests.push(request);
        const answering = Promise.resolve().then(() => this.#answer(request, options.variantName));
        underWay.add(answering);
        return answering.finally(() => underWay.delete(answering));
      },
      stop: async () => {
        await Promise.allSettled(underWay);
        this.stopped += 1;
      },
    };
  }
}

/** An answer of plain text. */
export function answer(status: number, body: string): ModelAnswer {
  return { status, contentType: "text/plain", body };
}
