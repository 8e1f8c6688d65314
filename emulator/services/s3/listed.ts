import type { Scope } from "../../core/service.ts";
import { invalidArgument } from "./errors.ts";
import { LIST_PAGE } from "./limits.ts";
import type { Bucket, Upload } from "./model/bucket.ts";
import { algorithms, type ChecksumMembers, type StoredChecksum } from "./model/checksums.ts";
import type { StoredObject } from "./model/object.ts";

/** How a listing writes keys: as they are, or percent-encoded when the caller asked for it. */
export function encoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return (text) => text;
  if (encodingType !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", {
      name: "encoding-type",
      value: encodingType,
    });
  }
  return (text) => encodeURIComponent(text).replaceAll("%2F", "/");
}

/** How many entries a page may have: what is asked for, and never more than AWS gives. */
export function pageSize(asked: number | undefined, argument: string): number {
  if (asked === undefined) return LIST_PAGE;
  if (asked < 0) {
    throw invalidArgument(`Argument ${argument} must be an integer between 0 and 2147483647`, {
      name: argument,
      value: String(asked),
    });
  }
  return Math.min(asked, LIST_PAGE);
}

/** An account as listings show it; on AWS its id is another one, of 64 hexadecimal digits. */
export function ownerOf({ accountId }: Pick<Scope, "accountId">) {
  return { ID: accountId };
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
    StorageClass: object.storageClass as "STANDARD",
  };
}

/** What listings say of an upload under way, or of its parts. */
export function describeUpload(
  { storageClass, algorithm, checksumType }: Upload,
  { accountId }: Bucket,
) {
  return {
    Owner: ownerOf({ accountId }),
    Initiator: { ...ownerOf({ accountId }), DisplayName: "wavetank" },
    StorageClass: storageClass as "STANDARD",
    ...(algorithm && { ChecksumAlgorithm: algorithm }),
    ...(checksumType && { ChecksumType: checksumType }),
  };
}

/** A checksum as members of an answer. */
export function checksumMembers(checksum: StoredChecksum | undefined): ChecksumMembers {
  return checksum ? { [algorithms[checksum.algorithm].member]: checksum.value } : {};
}
