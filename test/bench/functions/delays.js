import { appendFileSync } from "node:fs";

/** Writes down how long each record took from its sender to here, in milliseconds. */
export const handler = async ({ Records }) => {
  const now = performance.timeOrigin + performance.now();
  const delays = Records.map(({ kinesis }) => {
    const { sentAt } = JSON.parse(Buffer.from(kinesis.data, "base64").toString());
    return `${now - sentAt}\n`;
  });
  appendFileSync(process.env.DELAYS_FILE, delays.join(""));
};
