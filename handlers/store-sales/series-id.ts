import { BadInput } from "./bad-input.ts";
import { dateOf, knownDay } from "./calendar.ts";
import { FAMILIES, type Family, familyIndex } from "./families.ts";
import { STORES, type Store, storeOf } from "./stores.ts";

/** The 16 days that are forecast, after the history's last. */
export const HORIZON_FROM = knownDay("2017-08-16");
export const HORIZON_DAYS = 16;

/** The competition's first id of a day to forecast; ids run through families, then stores, then days. */
export const FIRST_ID = 3_000_888;
export const IDS = FAMILIES.length * STORES.length * HORIZON_DAYS;
const LAST_ID = FIRST_ID + IDS - 1;

/** A store, a family and a day of the horizon. */
export interface Target {
  readonly id: number;
  readonly store: Store;
  readonly family: Family;
  readonly day: number;
}

/**
 * What an id stands for.
 * @throws BadInput with status 422 when it is no whole number, 404 when it is none of the horizon
 */
export function targetOf(text: string): Target {
  if (!/^\d{1,15}$/.test(text)) {
    throw new BadInput(`the product id is "${text.slice(0, 40)}", not a whole number`, 422);
  }
  const id = Number(text);
  const index = id - FIRST_ID;
  const family = FAMILIES[index % FAMILIES.length];
  const store = STORES[Math.floor(index / FAMILIES.length) % STORES.length];
  if (index < 0 || index >= IDS || !family || !store) {
    throw new BadInput(`there is no product ${id}: ids are ${FIRST_ID} to ${LAST_ID}`, 404);
  }
  const day = HORIZON_FROM + Math.floor(index / FAMILIES.length / STORES.length);
  return { id, store, family, day };
}

/** The id of a day of the horizon. */
export function idOf({ store, family, day }: Omit<Target, "id">): number {
  const place = (day - HORIZON_FROM) * STORES.length + store.store_nbr - 1;
  return FIRST_ID + place * FAMILIES.length + FAMILIES.indexOf(family);
}

/** The days of the horizon, as dates. */
export const HORIZON: readonly string[] = Array.from({ length: HORIZON_DAYS }, (_, index) =>
  dateOf(HORIZON_FROM + index),
);

/** @throws BadInput with status 404 */
export function knownStore(text: string): Store {
  const store = /^\d{1,4}$/.test(text) ? storeOf(Number(text)) : undefined;
  if (store) return store;
  throw new BadInput(`there is no store "${text.slice(0, 40)}": stores are 1 to 54`, 404);
}

/** @throws BadInput with status 404 */
export function knownFamily(name: string): Family {
  if (familyIndex(name) >= 0) return name as Family;
  throw new BadInput(`there is no family "${name.slice(0, 60)}"; GET /families lists them`, 404);
}
