import { existsSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type FunctionFault, malformedHandler, moduleNotFound } from "../model/function-error.ts";
import { type HandlerName, parseHandlerName } from "../model/handler-name.ts";
import { bundle } from "./bundle.ts";
import type { CodePackage } from "./code-package.ts";
import { FileWatch } from "./file-watch.ts";
import { isEsModule } from "./node-modules.ts";
import type { ScratchFolder } from "./scratch-folder.ts";

/** What a Node.js process is told to load. */
export interface NodeModule {
  readonly file: string;
  readonly exportPath: string;
  readonly isBundle: boolean;
  readonly isEsModule: boolean;
}

/** A function's Node.js code: says what a new execution environment loads. */
export interface NodeCode {
  current(): Promise<NodeModule | FunctionFault>;
  close(): void;
}

/** In the order in which they are looked for. */
const DEPLOYED_ENDINGS = ["", ".js", ".mjs", ".cjs"];
const SOURCE_ENDINGS = [".ts", ".mts", ".js", ".mjs", ".cjs"];

/** Code that does not change, from a zip or for a version: loaded as it is. */
export function zippedCode(
  { folder, frozen }: Pick<CodePackage, "folder" | "frozen">,
  handler: string,
): NodeCode {
  return {
    async current() {
      if (frozen) return frozen;
      const name = parseHandlerName(handler);
      if (!name) return malformedHandler(handler);
      const file = findFile(folder, name, DEPLOYED_ENDINGS);
      if (file === undefined) return notFound(name);
      return { file, exportPath: name.exportPath, isBundle: false, isEsModule: isEsModule(file) };
    },
    close: () => undefined,
  };
}

/** Code in somebody's working copy: bundled when it is first loaded, and again after it changed. */
export class FolderCode implements NodeCode {
  readonly #folder: string;
  readonly #handler: string;
  readonly #scratch: ScratchFolder;
  readonly #watch: FileWatch;
  /** Counts changes of the files, to tell a bundle that is out of date. */
  #changes = 0;
  #bundled: { readonly module: NodeModule; readonly changes: number } | undefined;
  #bundling: Promise<NodeModule | FunctionFault> | undefined;

  constructor(options: {
    folder: string;
    handler: string;
    scratch: ScratchFolder;
    onChange: (file: string) => void;
  }) {
    this.#folder = options.folder;
    this.#handler = options.handler;
    this.#scratch = options.scratch;
    this.#watch = new FileWatch((file) => {
      this.#changes += 1;
      options.onChange(file);
    });
  }

  /** Environments that start together share one build; a build that failed is tried anew. */
  async current(): Promise<NodeModule | FunctionFault> {
    if (this.#bundled?.changes === this.#changes) return this.#bundled.module;
    this.#bundling ??= this.#bundle().finally(() => {
      this.#bundling = undefined;
    });
    return this.#bundling;
  }

  close(): void {
    this.#watch.close();
  }

  async #bundle(): Promise<NodeModule | FunctionFault> {
    const name = parseHandlerName(this.#handler);
    if (!name) return malformedHandler(this.#handler);
    const module = findFile(this.#folder, name, SOURCE_ENDINGS);
    if (module === undefined) return notFound(name);
    // Watched before it is read, so that no save is missed in between.
    if (!this.#bundled) this.#watch.follow([module]);
    const changes = this.#changes;
    const outputFolder = await this.#scratch.create("bundle");
    const bundled = await bundle({ module, folder: this.#folder, outputFolder });
    if ("fault" in bundled) return bundled.fault;
    this.#watch.follow(bundled.inputs.filter((file) => !file.includes(`${sep}node_modules${sep}`)));
    const loaded = {
      file: bundled.file,
      exportPath: name.exportPath,
      isBundle: true,
      isEsModule: true,
    };
    this.#bundled = { module: loaded, changes };
    return loaded;
  }
}

function findFile(
  folder: string,
  { modulePath }: HandlerName,
  endings: readonly string[],
): string | undefined {
  const files = endings.map((ending) => join(folder, modulePath + ending));
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}

function notFound({ modulePath }: HandlerName): FunctionFault {
  return moduleNotFound(
    modulePath.slice(dirname(modulePath) === "." ? 0 : dirname(modulePath).length + 1),
  );
}
