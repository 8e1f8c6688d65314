import { invalidSchedule } from "../errors.ts";

// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html

const MINUTE_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The first minute, later than `after` and up to `until`, at which a schedule falls due. */
export interface Schedule {
  dueIn(after: number, until: number): boolean;
  readonly isOnce: boolean;
}

/** Reads at(), rate() and cron() in UTC. @throws AwsError for any other text */
export function parseSchedule(text: string, startsAt: number): Schedule {
  const [, kind, inside = ""] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === "at") return once(text, inside);
  if (kind === "rate") return repeating(text, { inside, startsAt });
  if (kind === "cron") return calendar(text, inside);
  throw invalidSchedule(text);
}

function once(text: string, inside: string): Schedule {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside)
    ? Date.parse(`${inside}Z`)
    : Number.NaN;
  if (Number.isNaN(at)) throw invalidSchedule(text);
  return { isOnce: true, dueIn: (after, until) => at > after && at <= until };
}

function repeating(
  text: string,
  { inside, startsAt }: { inside: string; startsAt: number },
): Schedule {
  const [, count, unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (count === undefined) throw invalidSchedule(text);
  const everyMs = Number(count) * (UNITS[unit] ?? 1) * MINUTE_MS;
  const times = (at: number) => Math.floor((at - startsAt) / everyMs);
  return {
    isOnce: false,
    dueIn: (after, until) => until > startsAt && times(until) > Math.max(0, times(after)),
  };
}

function calendar(text: string, inside: string): Schedule {
  const parts = inside.trim().split(/\s+/);
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = parts;
  // One of the two kinds of day is left open.
  if (parts.length !== 6 || (days === "?") === (weekdays === "?")) throw invalidSchedule(text);
  const field = (part: string, from: number, to: number, names: readonly string[] = []) => {
    const values = valuesOf(part, { from, to, names });
    if (!values) throw invalidSchedule(text);
    return values;
  };
  const minute = field(minutes, 0, 59);
  const hour = field(hours, 0, 23);
  const day = field(days, 1, 31);
  const month = field(months, 1, 12, MONTHS);
  // AWS counts from Sunday, 1.
  const weekday = field(weekdays, 1, 7, DAYS);
  const year = field(years, 1970, 2199);
  const matches = (at: number) => {
    const date = new Date(at);
    return (
      minute.has(date.getUTCMinutes()) &&
      hour.has(date.getUTCHours()) &&
      day.has(date.getUTCDate()) &&
      month.has(date.getUTCMonth() + 1) &&
      weekday.has(date.getUTCDay() + 1) &&
      year.has(date.getUTCFullYear())
    );
  };
  return {
    isOnce: false,
    dueIn(after, until) {
      for (let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS; at <= until; at += MINUTE_MS) {
        if (matches(at)) return true;
      }
      return false;
    },
  };
}

/** `*`, `?`, `5`, `MON-FRI`, `0/15`, `1,2`; not AWS's L, W and #. */
function valuesOf(
  part: string,
  { from, to, names }: { from: number; to: number; names: readonly string[] },
): Set<number> | undefined {
  const numberOf = (text: string) => {
    const index = names.indexOf(text.toUpperCase());
    return index < 0 ? (/^\d+$/.test(text) ? Number(text) : Number.NaN) : index + 1;
  };
  const values = new Set<number>();
  for (const item of part.split(",")) {
    const [range = "", step] = item.split("/");
    const isOpen = range === "*" || range === "?";
    const [low = "", high] = range.split("-");
    const first = isOpen ? from : numberOf(low);
    const last = isOpen || (high === undefined && step !== undefined) ? to : numberOf(high ?? low);
    const stride = step === undefined ? 1 : Number(step);
    const isSound = first >= from && last <= to && first <= last && stride >= 1;
    if (!isSound || !Number.isInteger(stride)) return undefined;
    for (let value = first; value <= last; value += stride) values.add(value);
  }
  return values;
}
