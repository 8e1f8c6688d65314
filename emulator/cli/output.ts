import { styleText } from "node:util";

/** Where a command's words go. Data on stdout, everything about it on stderr, as scripts expect. */
export interface Output {
  readonly isJson: boolean;
  /** A result: an object in JSON mode, its text for people otherwise. */
  data(value: object, text: string): void;
  /** A line for people; not shown in JSON mode, where stdout holds data only. */
  line(text?: string): void;
  /** Progress, logs of other programs: stderr, in every mode. */
  note(text: string): void;
  style(format: Style, text: string): string;
}

export type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

export interface OutputOptions {
  readonly json: boolean;
  /** `false` for `--no-color`; NO_COLOR, TERM and pipes are honoured besides. */
  readonly color: boolean;
}

export function createOutput({ json, color }: OutputOptions): Output {
  const style = (format: Style, text: string) =>
    color && process.env.TERM !== "dumb"
      ? styleText(format, text, { stream: process.stdout })
      : text;
  return {
    isJson: json,
    data: (value, text) => write(process.stdout, json ? JSON.stringify(value) : text),
    line: (text = "") => {
      if (!json) write(process.stdout, text);
    },
    note: (text) => write(process.stderr, text),
    style,
  };
}

function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(`${text}\n`);
}

/** `412 ms`, `1.2 s`. */
export function duration(ms: number): string {
  if (ms < 10 && !Number.isInteger(ms)) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Local time with milliseconds: `12:04:31.221`. */
export function clockTime(epochMs: number): string {
  const date = new Date(epochMs);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(
    (part) => String(part).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
