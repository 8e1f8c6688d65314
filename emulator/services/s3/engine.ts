import type { TankContext } from "../../core/context.ts";
import type { Engine, ResourceSummary, Scope } from "../../core/service.ts";
import {
  bucketExists,
  bucketNotEmpty,
  bucketTaken,
  invalidBucketName,
  keyTooLong,
  noSuchBucket,
  noSuchKey,
  noSuchUpload,
} from "./errors.ts";
import { MAX_KEY_BYTES } from "./limits.ts";
import { Bucket, isBucketName, type Upload } from "./model/bucket.ts";
import { fullChecksum } from "./model/checksums.ts";
import { etagOf, type StoredObject } from "./model/object.ts";
import { Notifications, type NotificationTargets } from "./notifications.ts";

/** The buckets of the tank. As on AWS, one namespace for all accounts and regions. */
export class S3Engine implements Engine {
  readonly #context: TankContext;
  readonly #buckets = new Map<string, Bucket>();

  readonly notifications: Notifications;

  constructor(context: TankContext, targets: NotificationTargets) {
    this.#context = context;
    this.notifications = new Notifications(context, targets);
  }

  reset(): void {
    this.#buckets.clear();
  }

  describe(): ResourceSummary[] {
    return [...this.#buckets.values()].map(({ name }) => ({ type: "bucket", name, state: "" }));
  }

  create(name: string, { accountId, region }: Scope): Bucket {
    if (!isBucketName(name)) throw invalidBucketName(name);
    const existing = this.#buckets.get(name);
    if (existing) {
      if (existing.accountId !== accountId) throw bucketTaken(name);
      // In us-east-1 an owner may create a bucket again, and nothing happens.
      if (region === "us-east-1" && existing.region === region) return existing;
      throw bucketExists(name);
    }
    const createdAt = this.#context.clock.now();
    const bucket = new Bucket({ name, accountId, region, createdAt });
    this.#buckets.set(name, bucket);
    return bucket;
  }

  delete(name: string): void {
    if (!this.bucket(name).isEmpty) throw bucketNotEmpty(name);
    this.#buckets.delete(name);
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw noSuchBucket(name);
    return bucket;
  }

  /** The caller's buckets by name. */
  list({ accountId }: Scope): Bucket[] {
    const owned = [...this.#buckets.values()].filter((bucket) => bucket.accountId === accountId);
    return owned.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  object(bucketName: string, key: string): StoredObject {
    const object = this.bucket(bucketName).get(key);
    if (!object) throw noSuchKey(key);
    return object;
  }

  upload(bucket: Bucket, id: string, key: string): Upload {
    const upload = bucket.uploads.get(id);
    if (!upload || upload.key !== key) throw noSuchUpload(id);
    return upload;
  }

  /** @param by what wrote it: the event's last part, and the call */
  put(
    bucketName: string,
    object: StoredObject,
    by: { readonly event: "Put" | "Copy" | "CompleteMultipartUpload"; readonly requestId?: string },
  ): void {
    const bucket = this.bucket(bucketName);
    const bytes = Buffer.byteLength(object.key);
    if (bytes > MAX_KEY_BYTES) throw keyTooLong(bytes);
    bucket.put(object);
    const { key } = object;
    this.notifications.tell(bucket, { ...by, event: `ObjectCreated:${by.event}`, key, object });
  }

  /** Deletes an object; what is not there is gone already. UNCONFIRMED: that S3 then tells nobody. */
  remove(bucketName: string, { key, requestId }: { key: string; requestId: string }): void {
    const bucket = this.bucket(bucketName);
    if (!bucket.delete(key)) return;
    this.notifications.tell(bucket, { event: "ObjectRemoved:Delete", key, requestId });
  }

  /** An object's bytes, for services that take their artifacts from S3. */
  read(bucketName: string, key: string): Uint8Array {
    return this.object(bucketName, key).body;
  }

  /** The keys that begin with a prefix, in order. */
  keys(bucketName: string, prefix: string): string[] {
    const objects = this.bucket(bucketName).objects();
    return [...objects].map(({ key }) => key).filter((key) => key.startsWith(prefix));
  }

  /** Writes an object on behalf of another service. */
  write(
    bucketName: string,
    {
      key,
      body,
      contentType = "application/json",
    }: { key: string; body: Uint8Array; contentType?: string | undefined },
  ): void {
    const object: StoredObject = {
      key,
      body,
      etag: etagOf(body),
      modifiedAt: this.#context.clock.now(),
      headers: { ContentType: contentType },
      checksum: fullChecksum("CRC64NVME", body),
    };
    this.put(bucketName, object, { event: "Put" });
  }
}
