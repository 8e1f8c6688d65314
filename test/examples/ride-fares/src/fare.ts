import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import type { KinesisStreamEvent } from "aws-lambda";

interface Ride {
  id: string;
  kilometres: number;
  minutes: number;
}

const kinesis = new KinesisClient({});

/** Adds a fare to each finished ride. */
export async function handler({ Records }: KinesisStreamEvent): Promise<void> {
  const fares = Records.map(({ kinesis: { data } }) => {
    const ride = JSON.parse(Buffer.from(data, "base64").toString()) as Ride;
    return { id: ride.id, fare: 3 + 2 * ride.kilometres + 0.25 * ride.minutes };
  });
  await kinesis.send(
    new PutRecordsCommand({
      StreamName: process.env.FARES_STREAM,
      Records: fares.map((fare) => ({
        PartitionKey: fare.id,
        Data: Buffer.from(JSON.stringify(fare)),
      })),
    }),
  );
}
