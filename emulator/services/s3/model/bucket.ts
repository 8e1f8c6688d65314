import type { StoredChecksum } from "./checksums.ts";
import type { CorsRule } from "./cors.ts";
import { compareKeys } from "./listing.ts";
import type { NotificationRule } from "./notification.ts";
import type { ObjectHeaders, StoredObject } from "./object.ts";
import type { Website } from "./website.ts";

export interface Part {
  readonly number: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly checksum: StoredChecksum | undefined;
}

/** An upload in parts that has not been completed. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly headers: ObjectHeaders;
  /** What the parts carry, as said at the beginning; `undefined` when nothing was said. */
  readonly algorithm: StoredChecksum["algorithm"] | undefined;
  readonly checksumType: StoredChecksum["type"] | undefined;
  readonly parts: Map<number, Part>;
}

/** A bucket: objects by key, and uploads under way. */
export class Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly uploads = new Map<string, Upload>();
  website: Website | undefined;
  cors: readonly CorsRule[] | undefined;
  notifications: readonly NotificationRule[] = [];
  readonly #objects = new Map<string, StoredObject>();
  /** In key order; made anew after keys have come or gone. */
  #sorted: readonly StoredObject[] | undefined;

  constructor(options: { name: string; accountId: string; region: string; createdAt: number }) {
    this.name = options.name;
    this.accountId = options.accountId;
    this.region = options.region;
    this.createdAt = options.createdAt;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    this.#objects.set(object.key, object);
    this.#sorted = undefined;
  }

  /** Whether it was there. */
  delete(key: string): boolean {
    const wasThere = this.#objects.delete(key);
    if (wasThere) this.#sorted = undefined;
    return wasThere;
  }

  /** All objects in the order of their keys. */
  objects(): readonly StoredObject[] {
    this.#sorted ??= [...this.#objects.values()].sort((a, b) => compareKeys(a.key, b.key));
    return this.#sorted;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !name.startsWith("xn--") &&
    !name.endsWith("-s3alias")
  );
}
