import type { CompletedPart } from "@aws-sdk/client-s3";
import type { Checked } from "../../core/service.ts";
import {
  checksumMismatch,
  entityTooSmall,
  invalidPart,
  invalidPartOrder,
  invalidRequest,
} from "./errors.ts";
import { MIN_PART_BYTES } from "./limits.ts";
import type { Part, Upload } from "./model/bucket.ts";
import {
  algorithms,
  type ChecksumMembers,
  compositeChecksum,
  fullChecksum,
  type StoredChecksum,
} from "./model/checksums.ts";

/** The uploaded parts that a completion lists, once they are found complete and in order. */
export function assembledParts(
  upload: Upload,
  listed: readonly Checked<CompletedPart>[],
): readonly Part[] {
  if (listed.length === 0) throw invalidRequest("You must specify at least one part");
  const parts = listed.map((claimed, index) => {
    const { PartNumber, ETag } = claimed;
    if (PartNumber === undefined) throw invalidPart({ UploadId: upload.id });
    const previous = listed[index - 1]?.PartNumber ?? 0;
    if (PartNumber <= previous) throw invalidPartOrder(upload.id);
    const part = upload.parts.get(PartNumber);
    if (!part || (ETag !== undefined && unquoted(ETag) !== unquoted(part.etag))) {
      throw invalidPart({ PartNumber, ...(ETag && { ETag }), UploadId: upload.id });
    }
    assertClaim(upload, { part, claimed });
    return part;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.body.length < MIN_PART_BYTES) {
      const { number: PartNumber, etag: ETag } = part;
      throw entityTooSmall({ PartNumber, ProposedSize: part.body.length, ETag });
    }
  }
  return parts;
}

/** The checksum of the whole, of the type that the upload was begun with. */
export function joinedChecksum(
  { algorithm, checksumType }: Upload,
  { parts, body, claimed }: { parts: readonly Part[]; body: Uint8Array; claimed: ChecksumMembers },
): StoredChecksum {
  if (!algorithm) return fullChecksum("CRC64NVME", body);
  const kept = parts.map(({ checksum, body: each }) => checksum ?? fullChecksum(algorithm, each));
  const joined =
    checksumType === "COMPOSITE"
      ? compositeChecksum(algorithm, kept)
      : fullChecksum(algorithm, body);
  const claim = claimed[algorithms[algorithm].member];
  if (claim !== undefined && claim.split("-")[0] !== joined.value.split("-")[0]) {
    throw checksumMismatch(algorithm);
  }
  return joined;
}

/** A composite upload must name each part's checksum, and name it right. */
function assertClaim(
  { id, algorithm, checksumType }: Upload,
  { part, claimed }: { part: Part; claimed: Checked<CompletedPart> },
): void {
  if (!algorithm) return;
  const claim = claimed[algorithms[algorithm].member];
  if (claim === undefined) {
    if (checksumType !== "COMPOSITE") return;
    throw invalidRequest(
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.number} in the request.`,
    );
  }
  if (claim !== part.checksum?.value) {
    throw invalidPart({ PartNumber: part.number, ETag: part.etag, UploadId: id });
  }
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', "");
}
