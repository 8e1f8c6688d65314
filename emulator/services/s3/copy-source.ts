import { invalidArgument, parameterNotEmulated } from "./errors.ts";

/** Reads `bucket/key`, percent-encoded, with or without a slash before it. */
export function copySource(text: string): { bucket: string; key: string } {
  const [path = "", search] = text.replace(/^\//, "").split("?", 2);
  if (search?.startsWith("versionId")) throw parameterNotEmulated("versionId of a copy source");
  const slash = path.indexOf("/");
  if (slash <= 0 || slash === path.length - 1) {
    throw invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      "x-amz-copy-source",
      text,
    );
  }
  return {
    bucket: decodeURIComponent(path.slice(0, slash)),
    key: decodeURIComponent(path.slice(slash + 1)),
  };
}
