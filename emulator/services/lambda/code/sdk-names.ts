/** The scopes of the AWS SDK's packages. */
const SCOPES = ["aws-sdk", "smithy"];

/** A module of the SDK's, as it is imported. */
export const SDK_MODULE = new RegExp(`^@(?:${SCOPES.join("|")})/`);

/** A path within the SDK, wherever it is installed. */
export const IN_SDK = new RegExp(`[/\\\\]node_modules[/\\\\]@(?:${SCOPES.join("|")})[/\\\\]`);

/** A package's name that is not the SDK's. */
export const OTHER_PACKAGE = new RegExp(`^(?:[^./@]|@${notOneOf(SCOPES)})`);

/** A path of JavaScript or TypeScript without a folder of the SDK's. */
export const OTHER_SOURCE = new RegExp(`^(?:[^@]|@${notOneOf(SCOPES)})*\\.[cm]?[jt]sx?$`);

/**
 * A pattern of how text begins that begins with none of the words. It does without lookahead, which esbuild's patterns
 * do not have: nearly all files of a bundle are the SDK's, and each that a plugin's pattern fits is a message to this
 * process and back.
 */
function notOneOf(words: readonly string[]): string {
  const beginnings = new Set(
    words.flatMap((word) => [...word].map((_, end) => word.slice(0, end))),
  );
  const ways = [...beginnings].map((beginning) => {
    const going = words.filter((word) => word.startsWith(beginning));
    const next = going.map((word) => word[beginning.length]).join("");
    // A hyphen comes first, where it is no range.
    return `${beginning}[^${next.includes("-") ? `-${next.replace("-", "")}` : next}]`;
  });
  return `(?:${ways.join("|")})`;
}
