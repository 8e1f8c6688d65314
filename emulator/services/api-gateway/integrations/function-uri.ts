/**
 * The function that an integration's uri names:
 * `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{functionArn}/invocations`.
 */
export function functionArnOf(
  uri: string,
  stageVariables: Readonly<Record<string, string>> = {},
): string | undefined {
  const filled = uri.replace(
    /\$\{stageVariables\.(\w+)\}/g,
    (_whole, name: string) => stageVariables[name] ?? "",
  );
  return /:lambda:path\/[\d-]+\/functions\/(arn:[^/]+)\/invocations$/.exec(filled)?.[1];
}
