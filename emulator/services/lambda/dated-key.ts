/**
 * Where Lambda keeps a record in a bucket: `<folder>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<id>`.
 * @param options `at`: epoch ms
 */
export function datedKey(folder: string, { at, id }: { at: number; id: string }): string {
  const [day = "", time = ""] = new Date(at).toISOString().split("T");
  const clock = time.slice(0, 8).replaceAll(":", ".");
  return `${folder}/${day.replaceAll("-", "/")}/${day}T${clock}-${id}`;
}
