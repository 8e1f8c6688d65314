import { expect, test } from "vitest";
import { rides } from "../../fixtures/ride-duration/generate.ts";
import { readBatch } from "../../handlers/ride-duration/ride.ts";
import { bytesRecord } from "../support/kinesis-record.ts";

const [good] = rides({ count: 1 });
const withRide = (change: object) =>
  JSON.stringify({ ...good, ride: { ...good?.ride, ...change } });
const withId = (ride_id: unknown) => JSON.stringify({ ...good, ride_id });

test.each([
  ["empty", "", "is empty"],
  ["no JSON", "this is no ride", "is not JSON: this is no ride"],
  ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "is not UTF-8 text"],
  ["a megabyte of something", "x".repeat(1_000_000), `is not JSON: ${"x".repeat(80)}`],
  ["null", "null", "has no number at ride.PULocationID"],
  ["a list", "[1]", "has no number at ride.PULocationID"],
  ["a ride without a column", withRide({ DOLocationID: undefined }), "ride.DOLocationID"],
  ["a zone in words", withRide({ PULocationID: "130" }), "has no number at ride.PULocationID"],
  ["a zone that is none", withRide({ PULocationID: 266 }), "at ride.PULocationID: 266"],
  ["half a zone", withRide({ DOLocationID: 1.5 }), "at ride.DOLocationID: 1.5"],
  ["a distance that is NaN", '{"ride": {"trip_distance": NaN}}', "is not JSON"],
  ["a distance below 0", withRide({ trip_distance: -1 }), "ride.trip_distance: -1"],
  ["too long a distance", withRide({ trip_distance: 1e39 }), "ride.trip_distance: 1e+39"],
  ["a ride without an id", withId(undefined), "has no ride_id"],
  ["an id that is no text", withId({}), "has no ride_id"],
  ["an empty id", withId(""), "has a ride_id that is not 1 to 256 characters long"],
  ["too long an id", withId("x".repeat(257)), "has a ride_id that is not 1 to 256 characters long"],
])("a record that is %s is refused by its sequence number, and ends its batch", (_, data, what) => {
  const records = [bytesRecord(1, JSON.stringify(good)), bytesRecord(2, data)];
  expect(readBatch(records)).toEqual({ rides: [good], failedAt: "2" });
  expect(() => readBatch(records.slice(1))).toThrow('record 2 (partition key "1") ');
  expect(() => readBatch(records.slice(1))).toThrow(what);
});
