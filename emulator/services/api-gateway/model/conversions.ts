// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html

/** What `$util` makes of a text. */
export const CONVERSIONS: Readonly<Record<string, (text: string) => string>> = {
  escapeJavaScript,
  // Of forms, as Java's URLEncoder and URLDecoder have it: a space is a plus.
  urlEncode: (text) => new URLSearchParams({ "": text }).toString().slice(1),
  urlDecode: (text) => new URLSearchParams(`=${text.replaceAll("&", "%26")}`).get("") ?? "",
  base64Encode: (text) => Buffer.from(text).toString("base64"),
  base64Decode: (text) => Buffer.from(text, "base64").toString(),
};

const ESCAPES: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "'": "\\'",
  "/": "\\/",
  "\\": "\\\\",
};

function escapeJavaScript(text: string): string {
  return text.replace(/[\b\f\n\r\t"'/\\]/g, (character) => ESCAPES[character] ?? character);
}
