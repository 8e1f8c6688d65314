import type { StoredObject } from "./model/object.ts";

/** How a listing writes keys: as they are, or percent-encoded when the caller asked for it. */
export function encoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType !== "url") return (text) => text;
  return (text) => encodeURIComponent(text).replaceAll("%2F", "/");
}

/** An object as listings show it. */
export function listedObject(object: StoredObject, encode: (text: string) => string) {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.modifiedAt),
    ETag: object.etag,
    ChecksumAlgorithm: [object.checksum.algorithm],
    ChecksumType: object.checksum.type,
    Size: object.body.length,
    StorageClass: "STANDARD" as const,
  };
}
