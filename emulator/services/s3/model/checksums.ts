import { createHash } from "node:crypto";
import {
  checksumInvalid,
  checksumMismatch,
  severalChecksums,
  unknownAlgorithm,
} from "../errors.ts";
import { type Checksum, crc32, crc32c, crc64nvme } from "./crc.ts";

/**
 * The checksums that S3 verifies and keeps with an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export const algorithms = {
  CRC32: { member: "ChecksumCRC32", bytes: 4, compute: crc32 },
  CRC32C: { member: "ChecksumCRC32C", bytes: 4, compute: crc32c },
  CRC64NVME: { member: "ChecksumCRC64NVME", bytes: 8, compute: crc64nvme },
  SHA1: { member: "ChecksumSHA1", bytes: 20, compute: hashing("sha1") },
  SHA256: { member: "ChecksumSHA256", bytes: 32, compute: hashing("sha256") },
} as const;

export type Algorithm = keyof typeof algorithms;
export type ChecksumMember = (typeof algorithms)[Algorithm]["member"];
/** What requests say of checksums, and answers too. */
export type ChecksumMembers = { readonly [M in ChecksumMember]?: string | undefined };

/** A checksum that is kept with an object or a part. */
export interface StoredChecksum {
  readonly algorithm: Algorithm;
  /** Base64; of a composite one with its `-N`. */
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

/** The checksum a request gave, verified; `undefined` when it gave none. */
export function verifiedChecksum(
  input: ChecksumMembers,
  body: Uint8Array,
): StoredChecksum | undefined {
  const given = Object.entries(algorithms).filter(([, { member }]) => input[member] !== undefined);
  if (given.length > 1) throw severalChecksums();
  const [found] = given;
  if (!found) return undefined;
  const [algorithm, { member, bytes, compute }] = found as [
    Algorithm,
    (typeof algorithms)[Algorithm],
  ];
  const value = input[member] as string;
  if (Buffer.from(value, "base64").length !== bytes) throw checksumInvalid(algorithm);
  if (compute(body).toString("base64") !== value) throw checksumMismatch(algorithm);
  return { algorithm, value, type: "FULL_OBJECT" };
}

/** The checksum of a whole body. */
export function fullChecksum(algorithm: Algorithm, body: Uint8Array): StoredChecksum {
  const value = algorithms[algorithm].compute(body).toString("base64");
  return { algorithm, value, type: "FULL_OBJECT" };
}

/** The checksum of an upload in parts: that of the parts' own checksums, and their number. */
export function compositeChecksum(
  algorithm: Algorithm,
  parts: readonly StoredChecksum[],
): StoredChecksum {
  const joined = Buffer.concat(parts.map(({ value }) => Buffer.from(value, "base64")));
  const value = `${algorithms[algorithm].compute(joined).toString("base64")}-${parts.length}`;
  return { algorithm, value, type: "COMPOSITE" };
}

/** A checksum as members of an answer. */
export function checksumMembers(checksum: StoredChecksum | undefined): ChecksumMembers {
  return checksum ? { [algorithms[checksum.algorithm].member]: checksum.value } : {};
}

export function algorithmOf(name: string): Algorithm {
  if (name in algorithms) return name as Algorithm;
  throw unknownAlgorithm(Object.keys(algorithms));
}

function hashing(name: string): Checksum {
  return (bytes) => createHash(name).update(bytes).digest();
}
