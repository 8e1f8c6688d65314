/** A path with parameters, taken apart: `/items/{id}` or `/{proxy+}`. */
export interface PathPattern {
  readonly path: string;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly is: "literal"; readonly text: string }
  | { readonly is: "parameter"; readonly name: string }
  | { readonly is: "greedy"; readonly name: string };

/** Parameters by name, still percent-encoded. */
export type PathParameters = Readonly<Record<string, string>>;

export function pathPattern(path: string): PathPattern {
  const segments = partsOf(path).map((part): Segment => {
    const [, name, plus] = /^\{([^{}+]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) return { is: "literal", text: part };
    return { is: plus ? "greedy" : "parameter", name };
  });
  return { path, segments };
}

/** What stands in a pattern's places; `undefined` when the path does not match. */
export function matchPath({ segments }: PathPattern, path: string): PathParameters | undefined {
  const parts = partsOf(path);
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.is === "greedy") {
      const rest = parts.slice(index).join("/");
      if (rest === "") return undefined;
      parameters[segment.name] = rest;
      return parameters;
    }
    if (segment.is === "parameter") {
      if (part === "") return undefined;
      parameters[segment.name] = part;
    } else if (segment.text !== part) return undefined;
  }
  // A slash at the end matches what has none.
  const rest = parts.slice(segments.length);
  return rest.every((part) => part === "") && rest.length <= 1 ? parameters : undefined;
}

const RANK = { literal: 0, parameter: 1, greedy: 2 } as const;

/** Orders patterns by how much they say: from left to right, a text before a parameter before the rest. */
export function moreSpecific(a: PathPattern, b: PathPattern): number {
  const length = Math.max(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index += 1) {
    const difference = rankAt(a, index) - rankAt(b, index);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rankAt({ segments }: PathPattern, index: number): number {
  const segment = segments[index];
  return segment ? RANK[segment.is] : 3;
}

/** The most specific of the routes that match a path. */
export function bestMatch<R extends { readonly pattern: PathPattern }>(
  routes: readonly R[],
  path: string,
): { readonly route: R; readonly pathParameters: PathParameters } | undefined {
  let best: { route: R; pathParameters: PathParameters } | undefined;
  for (const route of routes) {
    if (best && moreSpecific(route.pattern, best.route.pattern) >= 0) continue;
    const pathParameters = matchPath(route.pattern, path);
    if (pathParameters) best = { route, pathParameters };
  }
  return best;
}

function partsOf(path: string): string[] {
  const trimmed = path.replace(/^\/+/, "");
  return trimmed === "" ? [] : trimmed.split("/");
}
