/** What was measured, what is promised, and whether it is kept. */
export type Row = readonly [string, string, string, boolean];
export type Format = (value: number) => string;

export function promise(what: string, value: number, least: number, format: Format): Row {
  return [what, format(value), `at least ${format(least)}`, value >= least];
}

export function atMost(what: string, value: number, most: number, format: Format): Row {
  return [what, format(value), `under ${format(most)}`, value < most];
}

export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

export function times(value: number): string {
  return `${value.toFixed(1)} ×`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

export function milliseconds(value: number): string {
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
}

export function finely(value: number): string {
  return `${value.toFixed(2)} ms`;
}

export function megabytes(value: number): string {
  return `${Math.round(value)} MB`;
}

export function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

/** Rows as a table of Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ([what, measured, promised, isKept]) =>
      `| ${what} | ${measured} | ${promised} | ${isKept ? "kept" : "**missed**"} |`,
  );
  return `| what | measured | promised | |\n|---|---|---|---|\n${lines.join("\n")}`;
}
