import { type Clock, ManualClock, SystemClock } from "../core/clock.ts";

const STEP_MS = 5;
const realTime = new SystemClock();

/** Lets a manual clock go along with real time until `work` is done. */
export async function inRealTime<T>(clock: Clock, work: Promise<T>): Promise<T> {
  if (!(clock instanceof ManualClock)) return work;
  let isDone = false;
  const finished = work.finally(() => {
    isDone = true;
  });
  // Its error is the caller's, below; here it only ends the loop.
  finished.catch(() => {});
  for (let before = realTime.now(); !isDone; ) {
    await realTime.sleep(STEP_MS);
    const now = realTime.now();
    await clock.advance(now - before);
    before = now;
  }
  return finished;
}
