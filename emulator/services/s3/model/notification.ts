// https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html

/** One rule of a bucket's notifications: which events, of which keys, go where. */
export interface NotificationRule {
  readonly id: string;
  /** With their `s3:`, as configured; the last part may be `*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  readonly destination: {
    readonly type: "function" | "queue";
    readonly arn: string;
  };
}

/** @param event without `s3:`, e.g. `ObjectCreated:Put` */
export function applies(rule: NotificationRule, { event, key }: { event: string; key: string }) {
  const { prefix, suffix } = rule;
  return (
    rule.events.some((pattern) => shareEvents(pattern, `s3:${event}`)) &&
    key.startsWith(prefix) &&
    key.endsWith(suffix)
  );
}

/** Whether some object's event would be told by two rules, which S3 does not allow. */
export function overlap(one: NotificationRule, other: NotificationRule): boolean {
  return (
    one.events.some((a) => other.events.some((b) => shareEvents(a, b))) &&
    (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix)) &&
    (one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix))
  );
}

/** `s3:ObjectCreated:*` and `s3:ObjectCreated:Put` do. */
function shareEvents(a: string, b: string): boolean {
  return a === b || covers(a, b) || covers(b, a);
}

function covers(pattern: string, event: string): boolean {
  return pattern.endsWith(":*") && event.startsWith(pattern.slice(0, -1));
}

/** A key as events spell it: as a form would, so a space is `+`, with slashes left as they are. */
export function encodedKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/");
}
