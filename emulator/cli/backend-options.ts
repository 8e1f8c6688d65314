import { type Command, InvalidArgumentError, Option } from "commander";
import {
  BACKED_SERVICES,
  type BackendSettings,
  backendSettingsOf,
  parseBackend,
  parseNamedUrl,
  parseUrl,
} from "../backends/settings.ts";
import { messageOf, WavetankError } from "../core/errors.ts";

/** The options that say what stands elsewhere. */
export interface BackendFlags {
  backend: Record<string, string>;
  localstackUrl?: string;
  function: Record<string, string[]>;
  modelServer: Record<string, string>;
}

export function addBackendOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--backend <service=where>",
        `who answers for a service (${BACKED_SERVICES.join(", ")}): embedded, localstack or aws`,
      )
        .argParser(
          checked((text, known: BackendFlags["backend"]) => entry(known, parseBackend(text))),
        )
        .default({}, "all embedded"),
    )
    .addOption(
      new Option("--localstack-url <url>", "where LocalStack answers").argParser(checked(parseUrl)),
    )
    .addOption(
      new Option(
        "--function <name=url>",
        "a function behind a Runtime Interface Emulator; again for more containers",
      )
        .argParser(
          checked((text, known: BackendFlags["function"]) => {
            const [name, url] = parseNamedUrl(text);
            return { ...known, [name]: [...(known[name] ?? []), url] };
          }),
        )
        .default({}, "all run here"),
    )
    .addOption(
      new Option("--model-server <endpoint=url>", "a model server that serves an endpoint")
        .argParser(
          checked((text, known: BackendFlags["modelServer"]) => entry(known, parseNamedUrl(text))),
        )
        .default({}, "models are served here"),
    );
}

/** The variables of the environment and, before them, the options. */
export function backendsOf(flags: BackendFlags): BackendSettings {
  const variables = backendSettingsOf(process.env);
  return {
    backends: { ...variables.backends, ...flags.backend },
    functions: { ...variables.functions, ...flags.function },
    modelServers: { ...variables.modelServers, ...flags.modelServer },
    localstackUrl: flags.localstackUrl ?? variables.localstackUrl,
  };
}

function entry<T>(
  known: Record<string, T>,
  [name, value]: readonly [string, T],
): Record<string, T> {
  return { ...known, [name]: value };
}

/** What the parser has to say, as commander wants to hear it. */
function checked<T>(parse: (text: string, known: T) => T): (text: string, known: T) => T {
  return (text, known) => {
    try {
      return parse(text, known);
    } catch (error) {
      throw new InvalidArgumentError(
        error instanceof WavetankError ? error.hint : messageOf(error),
      );
    }
  };
}
