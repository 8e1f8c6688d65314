/** Whether a content type is among an API's binary media types: exactly, or by a wildcard. */
export function isBinaryType(contentType: string, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.length === 0) return false;
  const [type = "", subtype = ""] = mediaType(contentType).split("/");
  return binaryMediaTypes.some((one) => {
    const [wantedType, wantedSubtype] = one.toLowerCase().split("/");
    const isType = wantedType === "*" || wantedType === type;
    return isType && (wantedSubtype === "*" || wantedSubtype === subtype);
  });
}

/** `text/csv` of `Text/CSV; charset=utf-8`. */
export function mediaType(contentType: string): string {
  return contentType.split(/[;,]/)[0]?.trim().toLowerCase() ?? "";
}
