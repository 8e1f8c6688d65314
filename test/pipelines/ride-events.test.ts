import { expect, test } from "vitest";
import { rides } from "../../fixtures/ride-duration/generate.ts";

test("the same seed gives the same rides, another seed others", () => {
  const take = (seed: number) => [...rides({ seed, count: 20 })];
  expect(take(1)).toEqual(take(1));
  expect(take(1)).not.toEqual(take(2));
});

test("rides have zones of the city, distances of a trip, and ids that count up", () => {
  const sample = [...rides({ seed: 7, count: 500 })];
  expect(sample.map(({ ride_id }) => ride_id)).toEqual(sample.map((_, index) => index + 1));
  for (const { ride } of sample) {
    expect(ride.PULocationID).toBeGreaterThanOrEqual(1);
    expect(ride.DOLocationID).toBeLessThanOrEqual(265);
    expect(ride.trip_distance).toBeGreaterThanOrEqual(0.1);
    expect(ride.trip_distance).toBeLessThan(ride.DOLocationID === 265 ? 40.01 : 10);
  }
});
