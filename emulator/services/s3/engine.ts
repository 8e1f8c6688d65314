import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import {
  bucketExists,
  bucketNotEmpty,
  bucketTaken,
  entityTooLarge,
  invalidBucketName,
  keyTooLong,
  noSuchBucket,
  noSuchKey,
  noSuchUpload,
  ownerDiffers,
  tankFull,
} from "./errors.ts";
import { MAX_KEY_BYTES, MAX_OBJECT_BYTES, MAX_STORED_BYTES } from "./limits.ts";
import { Bucket, type Part, type Upload } from "./model/bucket.ts";
import { isBucketName } from "./model/bucket-name.ts";
import { fullChecksum } from "./model/checksums.ts";
import { etagOf, type StoredObject } from "./model/object.ts";

/** The buckets of the tank. As on AWS, one namespace for all accounts and regions. */
export class S3Engine implements Engine {
  readonly #context: TankContext;
  readonly #maxStoredBytes: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(context: TankContext, { maxStoredBytes = MAX_STORED_BYTES } = {}) {
    this.#context = context;
    this.#maxStoredBytes = maxStoredBytes;
  }

  reset(): void {
    this.#buckets.clear();
  }

  describe(): ResourceSummary[] {
    return [...this.#buckets.values()].map(({ name }) => ({ type: "bucket", name, state: "" }));
  }

  create(name: string, { accountId, region, location }: Scope & { location?: string }): Bucket {
    if (!isBucketName(name)) throw invalidBucketName(name);
    const existing = this.#buckets.get(name);
    if (existing) {
      if (existing.accountId !== accountId) throw bucketTaken(name);
      // In us-east-1 an owner may create a bucket again, and nothing happens.
      if (region === "us-east-1" && existing.region === region) return existing;
      throw bucketExists(name);
    }
    const createdAt = this.#context.clock.now();
    const bucket = new Bucket({ name, accountId, region, location, createdAt });
    this.#buckets.set(name, bucket);
    return bucket;
  }

  delete(bucket: Bucket): void {
    if (!bucket.isEmpty) throw bucketNotEmpty(bucket.name);
    this.#buckets.delete(bucket.name);
  }

  /** @param expectedOwner the account that the caller believes the bucket to be of */
  bucket(name: string, expectedOwner?: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    if (expectedOwner !== undefined && expectedOwner !== bucket.accountId) throw ownerDiffers();
    return bucket;
  }

  /** The caller's buckets by name. */
  list({ accountId }: Pick<Scope, "accountId">): Bucket[] {
    const owned = [...this.#buckets.values()].filter((bucket) => bucket.accountId === accountId);
    return owned.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  object(bucket: Bucket, key: string): StoredObject {
    const object = bucket.get(key);
    if (!object) throw noSuchKey(key);
    return object;
  }

  upload(bucket: Bucket, { id, key }: { id: string; key: string }): Upload {
    const upload = bucket.upload(id);
    if (!upload || upload.key !== key) throw noSuchUpload(id);
    return upload;
  }

  put(bucket: Bucket, object: StoredObject): void {
    assertKey(object.key);
    this.#assertRoom(object.body.length);
    bucket.put(object);
  }

  begin(bucket: Bucket, upload: Omit<Upload, "parts">): void {
    assertKey(upload.key);
    bucket.begin(upload);
  }

  putPart(bucket: Bucket, upload: Upload, part: Part): void {
    this.#assertRoom(part.body.length);
    bucket.putPart(upload.id, part);
  }

  /** Puts an object in the place of the upload whose parts it holds. */
  complete(bucket: Bucket, upload: Upload, object: StoredObject): void {
    bucket.end(upload.id);
    bucket.put(object);
  }

  /**
   * An object's bytes, for services that take their artifacts from S3.
   * @throws AwsError `NoSuchBucket` or `NoSuchKey`, as GetObject answers
   */
  read(bucketName: string, key: string): Uint8Array {
    return this.object(this.bucket(bucketName), key).body;
  }

  /** Writes a JSON document on behalf of another service. */
  write(bucketName: string, key: string, body: Uint8Array): void {
    this.put(this.bucket(bucketName), {
      key,
      body,
      etag: etagOf(body),
      modifiedAt: this.#context.clock.now(),
      headers: { ContentType: "application/json" },
      storageClass: "STANDARD",
      checksum: fullChecksum("CRC64NVME", body),
    });
  }

  #assertRoom(bytes: number): void {
    if (bytes > MAX_OBJECT_BYTES) {
      throw entityTooLarge({ ProposedSize: bytes, MaxSizeAllowed: MAX_OBJECT_BYTES });
    }
    const stored = [...this.#buckets.values()].reduce((sum, bucket) => sum + bucket.bytes, 0);
    if (stored + bytes > this.#maxStoredBytes) throw tankFull(this.#maxStoredBytes);
  }
}

function assertKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) throw keyTooLong(bytes);
}
