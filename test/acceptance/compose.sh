#!/usr/bin/env bash
# `docker compose up --wait`, then ride-steps.sh, asked-steps.sh and forecast-steps.sh against it, then `docker compose
# down -v`, which leaves nothing.
# usage: compose.sh <virtual environment with awscli and boto3>
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$1
export COMPOSE_PROJECT_NAME=wavetank-acceptance WAVETANK_PORT=45662
export AWS_ENDPOINT_URL=http://127.0.0.1:$WAVETANK_PORT
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test

down() { docker compose --profile '*' down --volumes --timeout 2 >/dev/null 2>&1; }
trap down EXIT
down
started=$(date +%s)
docker compose up --wait --quiet-pull 2>/dev/null || { docker compose logs --tail 20; exit 1; }
echo "up after $(($(date +%s) - started)) s"
# The tank is ready before it has played the samples.
line=
for _ in {1..60}; do
  line=$(docker compose logs --no-log-prefix wavetank | grep '"ride_id":265' || true)
  [ -z "$line" ] || break
  sleep 1
done
[ -n "$line" ] || { echo "no prediction for ride 265 within a minute"; exit 1; }
cut -c1-200 <<<"$line"
test/acceptance/ride-steps.sh "$venv"
test/acceptance/asked-steps.sh "$venv"
test/acceptance/forecast-steps.sh "$venv"
aws="$venv/bin/aws"
echo "dynamodb, in LocalStack"
"$aws" dynamodb list-tables

docker compose down --volumes --timeout 5 2>/dev/null
left=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME"
  docker network ls --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME"
  docker volume ls --quiet --filter "label=com.docker.compose.project=$COMPOSE_PROJECT_NAME")
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "down, and nothing is left"

docker compose --profile embedded up --wait --quiet-pull 2>/dev/null || { docker compose --profile embedded logs; exit 1; }
docker compose --profile embedded ps --services
test/acceptance/ride-steps.sh "$venv" >/dev/null
test/acceptance/asked-steps.sh "$venv" >/dev/null
test/acceptance/forecast-steps.sh "$venv" >/dev/null
echo "the same steps with everything in one container"
