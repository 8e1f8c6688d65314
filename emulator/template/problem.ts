import { WavetankError } from "../core/errors.ts";
import type { Position } from "./node.ts";

/** One thing that is wrong with a template, and what to write instead. */
export interface Problem {
  readonly at: Position;
  /** The resource, parameter or output that it is about. */
  readonly logicalId?: string | undefined;
  readonly text: string;
  readonly hint: string;
}

/** An error that names file, line, column, logical id and what to write instead. */
export function templateError(problem: Problem): WavetankError {
  return new WavetankError("ERR_TEMPLATE", sentence(problem), { hint: problem.hint });
}

/** One line: `template.yaml:12:7 Scorer: unknown property "Handlr".` */
export function sentence({ at, logicalId, text }: Problem): string {
  const place = `${at.file}:${at.line}:${at.column}`;
  return logicalId === undefined ? `${place} ${text}` : `${place} ${logicalId}: ${text}`;
}

/** Where the checks report to: collects what `loose` forgives and what stops the deploy. */
export class Report {
  readonly #loose: boolean;
  readonly #faults: Problem[] = [];
  readonly #forgiven: Problem[] = [];

  /** @param options.loose whether what Wavetank does not know is left out with a warning. */
  constructor({ loose = false }: { loose?: boolean | undefined } = {}) {
    this.#loose = loose;
  }

  /** Something that is wrong, whatever the mode. */
  fault(problem: Problem): void {
    this.#faults.push(problem);
  }

  /** Something that Wavetank does not know or emulate: left out when loose, else a fault. */
  unknown(problem: Problem): void {
    if (this.#loose) this.#forgiven.push(problem);
    else {
      const hint = `${problem.hint} Deploy with --loose to leave it out.`;
      this.#faults.push({ ...problem, hint });
    }
  }

  /** What was left out, one sentence each. */
  get warnings(): readonly string[] {
    return this.#forgiven.map((problem) => `${sentence(problem)} Left out.`);
  }

  /** Throws if any fault was reported; several are listed in the order of the template. */
  throwIfFaulty(): void {
    const [first, ...others] = this.#faults;
    if (!first) return;
    if (others.length === 0) throw templateError(first);
    const ordered = [...this.#faults].sort((a, b) => a.at.line - b.at.line);
    const lines = ordered.map((problem) => `${sentence(problem)}\n    ${problem.hint}`);
    throw new WavetankError("ERR_TEMPLATE", lines.join("\n"), {
      hint: `Correct these ${ordered.length} places and deploy again.`,
    });
  }
}
