import { BadInput } from "./bad-input.ts";
import { dayOf } from "./calendar.ts";
import { type Family, familyIndex } from "./families.ts";
import { storeOf } from "./stores.ts";

/** A line of a receipt, as it arrives on sales_events. */
export interface SalesEvent {
  event_id: string;
  /** The store's day: "2017-08-16". */
  date: string;
  store_nbr: number;
  family: Family;
  /** Units, or kilograms of what is weighed; negative when goods are returned. */
  sales: number;
  onpromotion: boolean;
}

/** An answer repeats the id, and has to fit in a record. */
const MAX_ID_LENGTH = 256;

/**
 * Reads an event.
 * @throws BadInput naming what is missing or wrong
 */
export function readSalesEvent(data: Uint8Array): SalesEvent {
  const text = textOf(data);
  let event: Partial<Record<keyof SalesEvent, unknown>> | null;
  try {
    event = JSON.parse(text);
  } catch {
    throw new BadInput(`is not JSON: ${text.slice(0, 80)}`);
  }
  if (typeof event !== "object" || event === null || Array.isArray(event)) {
    throw new BadInput(`is no event but ${text.slice(0, 80)}`);
  }
  const { event_id, date, store_nbr, family, sales, onpromotion = false } = event;
  if (typeof event_id !== "string" || event_id === "") throw new BadInput("has no event_id");
  if (event_id.length > MAX_ID_LENGTH) {
    throw new BadInput(
      `has an event_id of ${event_id.length} characters, at most ${MAX_ID_LENGTH}`,
    );
  }
  if (typeof date !== "string" || dayOf(date) === undefined) {
    throw new BadInput(`has no date such as "2017-08-16" but ${shown(date)}`);
  }
  if (typeof store_nbr !== "number" || !storeOf(store_nbr)) {
    throw new BadInput(`names store ${shown(store_nbr)}: there are stores 1 to 54`);
  }
  if (typeof family !== "string" || familyIndex(family) < 0) {
    throw new BadInput(`names the family ${shown(family)}, which there is not`);
  }
  if (typeof sales !== "number" || !Number.isFinite(sales)) {
    throw new BadInput(`has no number at sales but ${shown(sales)}`);
  }
  if (typeof onpromotion !== "boolean") throw new BadInput("has an onpromotion that is no boolean");
  return { event_id, date, store_nbr, family: family as Family, sales, onpromotion };
}

function textOf(data: Uint8Array): string {
  if (data.length === 0) throw new BadInput("is empty");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    throw new BadInput("is not UTF-8 text");
  }
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 40);
}
