export const environmentFormats = ["sh", "dotenv", "json", "powershell"] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

export function formatEnvironment(
  variables: Readonly<Record<string, string>>,
  format: EnvironmentFormat,
): string {
  if (format === "json") return JSON.stringify(variables, null, 2);
  const entries = Object.entries(variables);
  switch (format) {
    case "sh":
      return entries.map(([name, value]) => `export ${name}=${value}`).join("\n");
    case "powershell":
      return entries.map(([name, value]) => `$Env:${name} = "${value}"`).join("\n");
    case "dotenv":
      return entries.map(([name, value]) => `${name}=${value}`).join("\n");
  }
}
