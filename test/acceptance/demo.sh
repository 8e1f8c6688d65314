#!/usr/bin/env bash
# `npm start -- --once` prints a prediction for every sample ride and leaves with 0; `--json` prints JSON only.
set -eu
cd "$(dirname "$0")/../.."

npm start --silent -- --once --port 0 | tee >(cat >&2) | grep '"ride_id":265' >/dev/null

json=$(npm start --silent -- --once --json --port 0)
node -e '
  const lines = require("node:fs").readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const predictions = lines.filter((line) => line.prediction);
  const { records } = require("./handlers/ride-duration/samples.json");
  if (predictions.length !== records.length) throw new Error(`${predictions.length} predictions`);
  for (const { pipeline, input, prediction, latencyMs } of predictions) {
    const { ride_duration, ride_id } = prediction.prediction;
    if (pipeline !== "ride-duration" || ride_id !== input.ride_id) throw new Error("not its ride");
    if (!(ride_duration > 0 && ride_duration < 120) || !(latencyMs >= 0)) throw new Error("no duration");
  }
  if (!lines.at(-1).summary) throw new Error("no summary");
' <<<"$json"
