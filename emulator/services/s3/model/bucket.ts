import type { StoredChecksum } from "./checksums.ts";
import { compareKeys } from "./listing.ts";
import type { ObjectHeaders, StoredObject } from "./object.ts";

export interface Part {
  readonly number: number;
  readonly body: Uint8Array;
  readonly etag: string;
  /** Epoch ms. */
  readonly modifiedAt: number;
  readonly checksum: StoredChecksum | undefined;
}

/** An upload in parts that has not been completed. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly headers: ObjectHeaders;
  readonly storageClass: string;
  /** What the parts carry, as said at the beginning; `undefined` when nothing was said. */
  readonly algorithm: StoredChecksum["algorithm"] | undefined;
  readonly checksumType: StoredChecksum["type"] | undefined;
  /** Whether the key had an object when the upload began: a condition of its completion asks. */
  readonly foundObject: boolean;
  readonly parts: ReadonlyMap<number, Part>;
}

/** A bucket: objects by key, and uploads under way. */
export class Bucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** What GetBucketLocation says; `undefined` for the first region. */
  readonly location: string | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Upload & { readonly parts: Map<number, Part> }>();
  /** In key order; made anew after keys have come or gone. */
  #sorted: readonly StoredObject[] | undefined;
  #bytes = 0;

  constructor(options: {
    name: string;
    accountId: string;
    region: string;
    location?: string | undefined;
    createdAt: number;
  }) {
    this.name = options.name;
    this.accountId = options.accountId;
    this.region = options.region;
    this.location = options.location;
    this.createdAt = options.createdAt;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  /** Of all objects and parts. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    this.delete(object.key);
    this.#objects.set(object.key, object);
    this.#bytes += object.body.length;
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (object) this.#bytes -= object.body.length;
    this.#objects.delete(key);
    this.#sorted = undefined;
  }

  /** All objects in the order of their keys. */
  objects(): readonly StoredObject[] {
    this.#sorted ??= [...this.#objects.values()].sort((a, b) => compareKeys(a.key, b.key));
    return this.#sorted;
  }

  begin(upload: Omit<Upload, "parts">): void {
    this.#uploads.set(upload.id, { ...upload, parts: new Map() });
  }

  upload(id: string): Upload | undefined {
    return this.#uploads.get(id);
  }

  /** Uploads under way in the order of their keys; those of one key as they began. */
  uploads(): readonly Upload[] {
    return [...this.#uploads.values()].sort((a, b) => compareKeys(a.key, b.key));
  }

  /** A part of a number that was uploaded before takes its place. */
  putPart(uploadId: string, part: Part): void {
    const parts = this.#uploads.get(uploadId)?.parts;
    this.#bytes += part.body.length - (parts?.get(part.number)?.body.length ?? 0);
    parts?.set(part.number, part);
  }

  /** Forgets an upload and its parts. */
  end(uploadId: string): void {
    for (const { body } of this.#uploads.get(uploadId)?.parts.values() ?? []) {
      this.#bytes -= body.length;
    }
    this.#uploads.delete(uploadId);
  }
}
