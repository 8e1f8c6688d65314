import { test as base, expect, type TestAPI } from "vitest";
import type { ManualClock } from "../core/clock.ts";
import { messageOf } from "../core/errors.ts";
import type { ReceivedRecord } from "./received-record.ts";
import { startTestbed, type Testbed, type TestbedOptions } from "./testbed.ts";
import type { TestbedStream, WaitOptions } from "./testbed-stream.ts";

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: an augmentation repeats the type parameters as they are
  interface Matchers<T = any> {
    /**
     * Waits until a record has arrived on a testbed's stream whose value equals `expected` as `toEqual`
     * has it, asymmetric matchers included. With `.not` it looks once, at what is there now.
     */
    toHaveReceivedRecord: (
      expected: unknown,
      options?: Pick<WaitOptions, "timeoutMs">,
    ) => Promise<void>;
  }
}

expect.extend({
  async toHaveReceivedRecord(
    actual: unknown,
    expected: unknown,
    options: Pick<WaitOptions, "timeoutMs"> = {},
  ) {
    const { isNot, utils } = this;
    if (!isStream(actual)) {
      throw new TypeError("toHaveReceivedRecord() expects of a stream: testbed.stream(name)");
    }
    const match = ({ value }: ReceivedRecord) => this.equals(value, expected, this.customTesters);
    const wanted = utils.stringify(expected);
    const hint = utils.matcherHint(`${isNot ? "not." : ""}toHaveReceivedRecord`, actual.name);
    try {
      const timeoutMs = isNot ? 0 : options.timeoutMs;
      await actual.waitForRecords({ match, ...(timeoutMs !== undefined && { timeoutMs }) });
      const message = () =>
        `${hint}\n\nExpected no record that equals:\n${wanted}\n\n${actual.describe()}`;
      return { pass: true, message };
    } catch (error) {
      if ((error as { code?: unknown }).code !== "ERR_TIMEOUT") throw error;
      const message = () =>
        `${hint}\n\nExpected a record that equals:\n${wanted}\n\n${messageOf(error)}`;
      return { pass: false, message };
    }
  },
});

/** Not by its class: vitest may load that once for a setup file and once for a test. */
function isStream(actual: unknown): actual is TestbedStream {
  const { name, waitForRecords } = (actual ?? {}) as Partial<TestbedStream>;
  return typeof name === "string" && typeof waitForRecords === "function";
}

/**
 * vitest's `test` with the fixture `testbed`: one for all tests of a file, started when the first asks for
 * it and stopped after the last.
 */
export function testWithTestbed(
  options: TestbedOptions & { readonly clock: "manual" },
): TestAPI<{ testbed: Testbed<ManualClock> }>;
export function testWithTestbed(options?: TestbedOptions): TestAPI<{ testbed: Testbed }>;
export function testWithTestbed(options: TestbedOptions = {}): unknown {
  return base.extend<{ testbed: Testbed }>({
    testbed: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads off the pattern what a fixture needs
      async ({}, use) => {
        await using testbed = await startTestbed(options);
        await use(testbed);
      },
      { scope: "file" },
    ],
  });
}
