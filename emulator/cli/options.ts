import { type Command, InvalidArgumentError, Option } from "commander";
import { MovableClock } from "../core/movable-clock.ts";
import { DEFAULT_REGION } from "../edge/sigv4.ts";
import { addBackendOptions, type BackendFlags, backendsOf } from "./backend-options.ts";
import type { ForegroundOptions } from "./foreground.ts";
import { createOutput, type Output } from "./output.ts";
import type { LogFormat } from "./request-log.ts";

// What AWS emulators listen on by custom: https://docs.localstack.cloud/aws/capabilities/networking/
const DEFAULT_PORT = 4566;

/** The options of every command that runs a tank in the foreground. */
export interface TankFlags extends BackendFlags {
  port: number;
  host: string;
  region: string;
  limits: "on" | "off";
  virtualTime?: boolean;
  fastScaling: number;
  allowHost: string[];
  log: LogFormat;
  quiet?: boolean;
  parameter: Record<string, string>;
  loose?: boolean;
}

export function addTankOptions(command: Command): Command {
  command
    .addOption(
      new Option("-p, --port <number>", "port to listen on; 0 takes a free one")
        .argParser(portNumber)
        .env("WAVETANK_PORT")
        .default(DEFAULT_PORT),
    )
    .addOption(
      new Option("--host <address>", "address to listen on")
        .env("WAVETANK_HOST")
        .default("127.0.0.1"),
    )
    .addOption(
      new Option("--region <name>", "region of what is deployed")
        .env("AWS_REGION")
        .default(DEFAULT_REGION),
    )
    .addOption(
      new Option("--limits <on|off>", "enforce AWS's throughput limits")
        .choices(["on", "off"])
        .env("WAVETANK_LIMITS")
        .default("on"),
    )
    .option("--virtual-time", "let POST /_wavetank/clock move the tank's time forward")
    .addOption(
      new Option("--fast-scaling <factor>", "let auto scaling's minutes pass so much faster")
        .argParser(factor)
        .env("WAVETANK_FAST_SCALING")
        .default(1),
    )
    .addOption(
      new Option("--allow-host <name,…>", "also answer under these host names")
        .argParser(names)
        .env("WAVETANK_ALLOWED_HOSTS")
        .default([], "loopback only"),
    )
    .addOption(
      new Option("--log <format>", "the request log, on stderr")
        .choices(["text", "json", "quiet"])
        .default("text"),
    )
    .option("-q, --quiet", "the same as --log quiet");
  addParameterOption(command).option(
    "--loose",
    "deploy what is known of a template, and only warn of the rest",
  );
  return addBackendOptions(command);
}

export function addParameterOption(command: Command): Command {
  const description = "a template parameter; may be repeated";
  return command.addOption(
    new Option("--parameter <Name=value>", description)
      .argParser(parameter)
      .default({}, "those of the template"),
  );
}

/** The part of a foreground run that these options decide. */
export function foregroundOptions(
  flags: TankFlags,
  output: Output,
): Omit<ForegroundOptions, "templates" | "pipelines" | "once"> {
  return {
    tank: {
      port: flags.port,
      host: flags.host,
      region: flags.region,
      enforceLimits: flags.limits === "on",
      allowedHosts: flags.allowHost,
      fastScaling: flags.fastScaling,
      ...(flags.virtualTime && { clock: new MovableClock() }),
      backends: backendsOf(flags),
      rieFunction: process.env.WAVETANK_RIE_FUNCTION,
    },
    log: flags.quiet ? "quiet" : flags.log,
    parameters: flags.parameter,
    loose: flags.loose ?? false,
    output,
  };
}

/** The output that the global options ask for. */
export function outputOf(command: Command): Output {
  const { json = false, color } = command.optsWithGlobals<{ json?: boolean; color: boolean }>();
  return createOutput({ json, color });
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return port;
}

/** "500ms", "30s", "2m"; seconds where no unit is given. */
export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s|m)?$/.exec(text);
  if (!match) throw new InvalidArgumentError("Write it as 500ms, 30s or 2m.");
  const unit = { ms: 1, s: 1000, m: 60_000 }[match[2] ?? "s"] ?? 1000;
  return Number(match[1]) * unit;
}

/** Beyond a hundredth of a second per minute, ticks would come late. */
const MAX_FACTOR = 6000;

function factor(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= MAX_FACTOR)) {
    throw new InvalidArgumentError(`A factor is a number from 1 to ${MAX_FACTOR}.`);
  }
  return value;
}

function names(text: string, known: string[]): string[] {
  return [...known, ...text.split(",").map((name) => name.trim())].filter((name) => name !== "");
}

function parameter(text: string, known: Record<string, string>): Record<string, string> {
  const [name, value] = split(text);
  if (!name || value === undefined) throw new InvalidArgumentError("Write it as Name=value.");
  return { ...known, [name]: value };
}

function split(text: string): [string, string | undefined] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}
