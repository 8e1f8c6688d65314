import type { BatchResultErrorEntry } from "@aws-sdk/client-sqs";
import { AwsError } from "../../core/errors.ts";
import { emptyBatch, idRepeated, invalidEntryId, tooManyEntries } from "./errors.ts";
import { BATCH_ENTRY_ID, MAX_BATCH_ENTRIES } from "./limits.ts";

/**
 * Does each entry of a batch, and tells of each whether it could be done.
 * @param entryType AWS's name of such an entry, for its message of an empty batch
 * @throws AwsError when the batch as a whole is wrong
 */
export function doEach<Entry extends { readonly Id: string }, Result>(
  entries: readonly Entry[],
  { entryType, act }: { entryType: string; act: (entry: Entry) => Result },
): { Successful: ({ Id: string } & Result)[]; Failed: BatchResultErrorEntry[] } {
  checkBatch(entries, entryType);
  const Successful: ({ Id: string } & Result)[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const { Id } = entry;
    try {
      Successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function checkBatch(entries: readonly { readonly Id: string }[], entryType: string): void {
  const { length: sent } = entries;
  if (sent === 0) throw emptyBatch(entryType);
  if (sent > MAX_BATCH_ENTRIES) throw tooManyEntries({ sent, max: MAX_BATCH_ENTRIES });
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!BATCH_ENTRY_ID.test(Id)) throw invalidEntryId();
    if (seen.has(Id)) throw idRepeated(Id);
    seen.add(Id);
  }
}
