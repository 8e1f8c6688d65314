#!/usr/bin/env bash
# `npm start -- --once` prints a prediction for every sample and leaves with 0; `--json` prints JSON only.
set -eu
cd "$(dirname "$0")/../.."

npm start --silent -- --once --port 0 | tee >(cat >&2) | grep '"ride_id":265' >/dev/null

json=$(npm start --silent -- --once --json --port 0)
node -e '
  const lines = require("node:fs").readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const predictionsOf = (name) => {
    const predictions = lines.filter(({ pipeline, prediction }) => prediction && pipeline === name);
    const { records } = require(`./handlers/${name}/samples.json`);
    if (predictions.length !== records.length) throw new Error(`${name}: ${predictions.length} predictions`);
    return predictions;
  };
  for (const { input, prediction, latencyMs } of predictionsOf("ride-duration")) {
    const { ride_duration, ride_id } = prediction.prediction;
    if (ride_id !== input.ride_id) throw new Error("not its ride");
    if (!(ride_duration > 0 && ride_duration < 120) || !(latencyMs >= 0)) throw new Error("no duration");
  }
  for (const { prediction } of predictionsOf("wine")) {
    if (!/^Your Wine class is Cultivar [012]$/.test(prediction.body)) throw new Error("no wine");
  }
  for (const { input, prediction } of predictionsOf("sentiment")) {
    if (prediction["Raw Text"] !== input.payload || !prediction.Categories) throw new Error("no sentiment");
  }
  if (!lines.at(-1).summary) throw new Error("no summary");
' <<<"$json"
