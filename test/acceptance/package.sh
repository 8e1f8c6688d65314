#!/usr/bin/env bash
# The published package works for a stranger: packed, installed from the registry into an empty folder, started
# through npx, used as a library, type-checked.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" >/dev/null
cd "$work"
npm init --yes >/dev/null
ONNXRUNTIME_NODE_INSTALL=skip npm install --no-audit --no-fund --loglevel=error ./wavetank-*.tgz typescript@7 @types/node@20
npx wavetank --version
npx wavetank demo --once --port 0 | tee >(cat >&2) | grep '"ride_id":265' >/dev/null
cat >use.mts <<'TS'
import { startWavetank } from "wavetank";
const tank = await startWavetank();
const health: Response = await fetch(`${tank.url}/_wavetank/health`);
await tank.stop();
if (health.status !== 200) throw new Error(String(health.status));
TS
npx tsc --noEmit --strict --skipLibCheck --module nodenext --target es2023 --lib es2023,dom,esnext.disposable use.mts
npx tsc --strict --skipLibCheck --module nodenext --target es2023 --lib es2023,dom,esnext.disposable use.mts
node use.mjs
