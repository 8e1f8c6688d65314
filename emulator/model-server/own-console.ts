import { Console } from "node:console";
import { Writable } from "node:stream";

const PLACE = Symbol.for("wavetank.model-consoles");

/** The consoles of modules that are about to be imported, by their URLs. */
export const consoles = new Map<string, Console>();
Object.defineProperty(globalThis, PLACE, { value: consoles, configurable: true });

/** Stands at the head of a module: `console` is its own from then on, and that of all it is bundled with. */
export const OWN_CONSOLE = `const console = globalThis[Symbol.for("${PLACE.description}")].get(import.meta.url);`;

/** A console that writes as Node's does, a message at a time. */
export function loggingConsole(log: (message: string) => void): Console {
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      log(text.replace(/\n$/, ""));
      done();
    },
  });
  return new Console(stream);
}
