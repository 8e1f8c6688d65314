import { PatternExpression, PatternFault, type Test } from "./pattern-expression.ts";

/** A column's text in brackets or quotes may have spaces. */
const COLUMN = /\[([^\]]*)\]|"([^"]*)"|(\S+)/g;

/**
 * A pattern on messages of columns: `[ip, user, status = 4*, bytes > 100, ...]`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @throws PatternFault for a pattern that cannot be read
 */
export function columnPattern(pattern: string): (message: string) => boolean {
  const inside = /^\[(.*)\]$/s.exec(pattern)?.[1];
  if (inside === undefined) throw new PatternFault(pattern);
  const columns = inside.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((column) => column.trim());
  const gap = columns.indexOf("...");
  if (columns.filter((column) => column === "...").length > 1) throw new PatternFault(inside);
  const tests = columns.filter((column) => column !== "...").map(testOf);
  const before = gap < 0 ? tests.length : gap;
  const after = tests.length - before;
  return (message) => {
    const found = columnsOf(message);
    if (gap < 0 ? found.length !== tests.length : found.length < tests.length) return false;
    const tail = after > 0 ? found.slice(-after) : [];
    const held = [...found.slice(0, before), ...tail];
    return tests.every((test, index) => test(held[index] ?? ""));
  };
}

/** A name alone takes any text. */
function testOf(column: string): Test<string> {
  if (/^[\w-]*$/.test(column)) return () => true;
  const expression = new PatternExpression(column);
  const [name] = /^\(*\s*[\w-]+/.exec(column) ?? [];
  const wanted = name?.replace(/^\(*\s*/, "");
  return expression.read<string>(() => {
    if (wanted === undefined || !expression.take(wanted)) throw new PatternFault(column);
    return expression.comparison();
  });
}

function columnsOf(message: string): string[] {
  return [...message.matchAll(COLUMN)].map(
    ([, bracketed, quoted, bare]) => bracketed ?? quoted ?? bare ?? "",
  );
}
