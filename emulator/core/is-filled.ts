/** Whether a member of a request asks for something: what is absent, off or empty asks for nothing. */
export function isFilled(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== false && value !== "";
}
