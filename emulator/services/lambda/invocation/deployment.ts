import { availableParallelism } from "node:os";
import type { Clock } from "../../../core/clock.ts";
import { FolderCode, zippedCode } from "../code/node-code.ts";
import { followPythonFiles } from "../code/python-files.ts";
import type { ScratchFolder } from "../code/scratch-folder.ts";
import type { LambdaFunction } from "../model/function.ts";
import { startNode } from "../runtimes/node.ts";
import { startPython } from "../runtimes/python.ts";
import { startRie } from "../runtimes/rie.ts";
import type { Launch } from "../runtimes/runtime.ts";
import { environmentVariables } from "../runtimes/variables.ts";
import { EnvironmentPool } from "./environment-pool.ts";
import { ExecutionEnvironment, type StartRuntime } from "./execution-environment.ts";
import { Headroom } from "./headroom.ts";

/** What it takes to run functions on this machine. */
export interface Workshop {
  readonly clock: Clock;
  readonly scratch: ScratchFolder;
  /** The tank's own address, for the function's SDK clients. */
  readonly endpointUrl: () => string;
  readonly python: string;
  /** Base URLs of the containers that run a function in place of a process, by the function's name. */
  readonly containers: Readonly<Record<string, readonly string[]>>;
  readonly maxEnvironmentsPerFunction: number;
  /** Told of each log event outside of an invocation. */
  readonly printed: (fn: LambdaFunction, stream: string, text: string) => void;
}

/** Editors save in several steps; what they save is loaded once they are through. */
const RELOAD_DELAY_MS = 100;

/** A function's configuration and code at one time, and the execution environments that run them. */
export class Deployment {
  readonly pool: EnvironmentPool;
  readonly #fn: LambdaFunction;
  readonly #workshop: Workshop;
  readonly #closeCode: () => void;
  #reload: Disposable | undefined;

  constructor(fn: LambdaFunction, workshop: Workshop) {
    this.#fn = fn;
    this.#workshop = workshop;
    const { settings, code } = fn;
    const { clock, printed } = workshop;
    const urls = workshop.containers[fn.name] ?? [];
    const runner = this.#runner(urls);
    this.#closeCode = runner.close;
    this.pool = new EnvironmentPool({
      create: () => {
        const environment = new ExecutionEnvironment({ clock, fn });
        environment.onPrint = (text) => printed(fn, environment.logStream, text);
        return environment;
      },
      start: (logStream, listener) => {
        const { scope, name: functionName, version } = fn;
        const place = { scope, functionName, version, settings, taskRoot: code.folder };
        const endpointUrl = workshop.endpointUrl();
        const variables = environmentVariables({ ...place, logStream, endpointUrl });
        return runner.start({ settings, taskRoot: code.folder, variables }, listener);
      },
      // A container serves one event at a time.
      maxEnvironments: urls.length || workshop.maxEnvironmentsPerFunction,
      maxStarting: Math.max(2, availableParallelism()),
      clock,
      headroom: new Headroom(),
    });
  }

  /** Ends with the invocations that it has. */
  retire(): void {
    this.#close();
    this.pool.retire();
  }

  async stop(reason: unknown): Promise<void> {
    this.#close();
    await this.pool.stop(reason);
  }

  #close(): void {
    this.#reload?.[Symbol.dispose]();
    this.#closeCode();
  }

  /** The next invocation finds the new code; it is loaded ahead if nobody comes before. */
  #changed(): void {
    const hadEnvironments = this.pool.size > 0;
    this.pool.outdate();
    this.#reload?.[Symbol.dispose]();
    if (!hadEnvironments && this.#reload === undefined) return;
    this.#reload = this.#workshop.clock.after(RELOAD_DELAY_MS, () => {
      this.#reload = undefined;
      void this.pool.warm();
    });
  }

  #runner(urls: readonly string[]): Runner {
    if (urls.length > 0) return containers(urls);
    return this.#fn.settings.runtime.startsWith("python") ? this.#python() : this.#node();
  }

  #node(): Runner {
    const { code, settings } = this.#fn;
    const { scratch } = this.#workshop;
    const nodeCode =
      code.kind === "folder"
        ? new FolderCode({
            folder: code.folder,
            handler: settings.handler,
            scratch,
            onChange: () => this.#changed(),
          })
        : zippedCode(code, settings.handler);
    return {
      start: async (launch, listener) => {
        const module = await nodeCode.current();
        return "errorType" in module ? module : startNode(launch, module, listener);
      },
      close: () => nodeCode.close(),
    };
  }

  #python(): Runner {
    const { python, clock } = this.#workshop;
    const { code } = this.#fn;
    const watch =
      code.kind === "folder" ? followPythonFiles(code.folder, () => this.#changed()) : undefined;
    return {
      start: (launch, listener) =>
        startPython(launch, listener, { python, now: () => clock.now() }),
      close: () => watch?.close(),
    };
  }
}

/** Gives each environment a container of its own. */
function containers(urls: readonly string[]): Runner {
  const free = [...urls];
  return {
    start: async (_launch, listener) => {
      const url = free.shift() ?? (urls[0] as string);
      const runtime = startRie(url, listener);
      return {
        ...runtime,
        kill: async () => {
          if (!free.includes(url)) free.push(url);
          await runtime.kill();
        },
      };
    },
    close: () => undefined,
  };
}

/** Starts processes of one language with a function's code. */
interface Runner {
  readonly start: (
    launch: Launch,
    listener: Parameters<StartRuntime>[1],
  ) => ReturnType<StartRuntime>;
  readonly close: () => void;
}
