/** An environment variable that the template sets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set; see template.yaml`);
  return value;
}
