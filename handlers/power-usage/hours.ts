import { NUMBERS, type PowerRecord, scaling, timeOf } from "./power-record.ts";

const HOUR_MS = 3_600_000;

/** The rows of one user in a batch, as means of hours. */
export interface UserHours {
  readonly userId: string;
  /** Time of the user's last row, ms since 1970. */
  readonly lastMs: number;
  /** By hour in order of time: the seven means in the model's order. */
  readonly means: readonly (readonly number[])[];
}

/** Groups rows by user and hour. An hour of which the batch holds a part counts by that part. */
export function hoursByUser(rows: readonly PowerRecord[]): UserHours[] {
  return [...grouped(rows, ({ user_id }) => user_id)].map(([userId, ofUser]) => {
    const hours = [...grouped(ofUser, (row) => Math.floor(timeOf(row) / HOUR_MS))];
    hours.sort(([a], [b]) => a - b);
    return {
      userId,
      lastMs: ofUser.reduce((last, row) => Math.max(last, timeOf(row)), 0),
      means: hours.map(([, ofHour]) =>
        NUMBERS.map((name) => ofHour.reduce((sum, row) => sum + row[name], 0) / ofHour.length),
      ),
    };
  });
}

/** As the model takes them: nought to one over most of what a household draws. */
export function scaled(means: readonly number[]): number[] {
  return means.map(
    (mean, column) =>
      (mean - (scaling.minimum[column] as number)) / (scaling.range[column] as number),
  );
}

/** kW of what the model answers. */
export function unscaled(prediction: number): number {
  return prediction * (scaling.range[0] as number) + (scaling.minimum[0] as number);
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
