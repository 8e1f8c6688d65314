// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html

const MINUTE_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LAST_YEAR = 2199;

/** When something falls due; times are epoch ms. */
export interface Schedule {
  /** The first time later than `after`; `undefined` when there is none. */
  next(after: number): number | undefined;
  readonly isOnce: boolean;
}

/** Reads at(), rate() and cron() in UTC; `undefined` for any other text. */
export function parseSchedule(text: string, startsAt: number): Schedule | undefined {
  const [, kind, inside = ""] = /^(at|rate|cron)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === "at") return once(inside);
  if (kind === "rate") return repeating(inside, startsAt);
  return kind === "cron" ? calendar(inside) : undefined;
}

function once(inside: string): Schedule | undefined {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside)
    ? Date.parse(`${inside}Z`)
    : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return { isOnce: true, next: (after) => (at > after ? at : undefined) };
}

function repeating(inside: string, startsAt: number): Schedule | undefined {
  const [, count, unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (count === undefined) return undefined;
  const everyMs = Number(count) * (UNITS[unit] ?? 1) * MINUTE_MS;
  return {
    isOnce: false,
    // A whole period after the start at the earliest.
    next: (after) => startsAt + Math.max(1, Math.floor((after - startsAt) / everyMs) + 1) * everyMs,
  };
}

function calendar(inside: string): Schedule | undefined {
  const parts = inside.trim().split(/\s+/);
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = parts;
  // One of the two kinds of day is left open.
  if (parts.length !== 6 || (days === "?") === (weekdays === "?")) return undefined;
  const minute = valuesOf(minutes, { from: 0, to: 59 });
  const hour = valuesOf(hours, { from: 0, to: 23 });
  const day = valuesOf(days, { from: 1, to: 31 });
  const month = valuesOf(months, { from: 1, to: 12, names: MONTHS });
  // AWS counts from Sunday, 1.
  const weekday = valuesOf(weekdays, { from: 1, to: 7, names: DAYS });
  const year = valuesOf(years, { from: 1970, to: LAST_YEAR });
  if (!minute || !hour || !day || !month || !weekday || !year) return undefined;
  /** How much of the calendar from a moment on cannot match; 0 when the moment does. */
  const stride = (date: Date) => {
    const isDay =
      year.has(date.getUTCFullYear()) &&
      month.has(date.getUTCMonth() + 1) &&
      day.has(date.getUTCDate()) &&
      weekday.has(date.getUTCDay() + 1);
    if (!isDay) return DAY_MS;
    if (!hour.has(date.getUTCHours())) return HOUR_MS;
    return minute.has(date.getUTCMinutes()) ? 0 : MINUTE_MS;
  };
  return {
    isOnce: false,
    next(after) {
      let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
      for (let date = new Date(at); date.getUTCFullYear() <= LAST_YEAR; date = new Date(at)) {
        const step = stride(date);
        if (step === 0) return at;
        at = (Math.floor(at / step) + 1) * step;
      }
      return undefined;
    },
  };
}

/** `*`, `?`, `5`, `MON-FRI`, `0/15`, `1,2`; not AWS's L, W and #. */
function valuesOf(
  part: string,
  { from, to, names = [] }: { from: number; to: number; names?: readonly string[] },
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
