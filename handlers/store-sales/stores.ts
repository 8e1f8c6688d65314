/**
 * The stores' cities with their states, and each city's own holiday (month and day): the day of its foundation or
 * independence. The chain is imagined, its cities and their holidays are Ecuador's.
 */
const CITIES: readonly (readonly [
  city: string,
  state: string,
  holiday: string,
  stores: readonly number[],
])[] = [
  ["Quito", "Pichincha", "12-06", [1, 2, 3, 4, 6, 7, 8, 9, 10, 17, 18, 20, 44, 45, 46, 47, 48, 49]],
  ["Guayaquil", "Guayas", "07-25", [24, 26, 28, 29, 30, 32, 34, 51]],
  ["Cuenca", "Azuay", "11-03", [37, 39, 42]],
  ["Santo Domingo", "Santo Domingo de los Tsáchilas", "07-03", [5, 16, 21]],
  ["Ambato", "Tungurahua", "11-12", [23, 50]],
  ["Latacunga", "Cotopaxi", "11-11", [12, 13]],
  ["Machala", "El Oro", "06-25", [40, 41]],
  ["Manta", "Manabí", "11-04", [52, 53]],
  ["Babahoyo", "Los Ríos", "05-27", [31]],
  ["Cayambe", "Pichincha", "07-23", [11]],
  ["Daule", "Guayas", "11-26", [27]],
  ["El Carmen", "Manabí", "07-03", [54]],
  ["Esmeraldas", "Esmeraldas", "08-05", [43]],
  ["Guaranda", "Bolívar", "11-10", [19]],
  ["Ibarra", "Imbabura", "09-28", [15]],
  ["La Libertad", "Santa Elena", "04-14", [36]],
  ["Loja", "Loja", "11-18", [38]],
  ["Playas", "Guayas", "08-15", [35]],
  ["Puyo", "Pastaza", "05-12", [22]],
  ["Quevedo", "Los Ríos", "10-07", [33]],
  ["Riobamba", "Chimborazo", "11-11", [14]],
  ["Salinas", "Santa Elena", "12-22", [25]],
];

export interface Store {
  readonly store_nbr: number;
  readonly city: string;
  readonly state: string;
  /** Month and day of the city's holiday: "12-06". */
  readonly holiday: string;
}

/** The 54 stores, by number. */
export const STORES: readonly Store[] = CITIES.flatMap(([city, state, holiday, numbers]) =>
  numbers.map((store_nbr) => ({ store_nbr, city, state, holiday })),
).sort((a, b) => a.store_nbr - b.store_nbr);

export function storeOf(number: number): Store | undefined {
  return Number.isInteger(number) ? STORES[number - 1] : undefined;
}
