import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { freemem } from "node:os";
import { Command, Option } from "commander";
import { messageOf, WavetankError } from "../../core/errors.ts";
import { shippedPipelines } from "../../pipelines/pipeline.ts";
import { type Finding, report } from "../finding.ts";
import { addParameterOption, outputOf } from "../options.ts";
import { portOwner } from "../port-owner.ts";

interface DoctorFlags {
  aws?: boolean;
  parameter: Record<string, string>;
  awsEndpoint?: string;
}

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("check what the tank needs on this machine, or a deploy to AWS needs there")
    .argument("[template...]", "with --aws: what shall be deployed; else the sample pipelines")
    .option("--aws", "check credentials, region, quotas, image and model, changing nothing")
    .addOption(new Option("--aws-endpoint <url>", "ask this address instead of AWS").hideHelp());
  return addParameterOption(command).action(async (templates: string[], flags: DoctorFlags) => {
    if (!flags.aws && (templates.length > 0 || Object.keys(flags.parameter).length > 0)) {
      throw new WavetankError("ERR_USAGE", "Templates are checked against AWS only.", {
        hint: "Write wavetank doctor --aws template.yaml.",
      });
    }
    const findings = flags.aws ? await aws(templates, flags) : await thisMachine();
    process.exitCode = report(findings, outputOf(command));
  });
}

async function aws(templates: string[], flags: DoctorFlags): Promise<Finding[]> {
  // Loaded here: its clients would slow every other command's start.
  const { checkAws } = await import("../aws-checks/check-aws.ts");
  const shipped = () => shippedPipelines().map(({ templateFile }) => templateFile);
  return checkAws({
    templates: templates.length > 0 ? templates : shipped(),
    parameters: flags.parameter,
    endpoint: flags.awsEndpoint,
  });
}

async function thisMachine(): Promise<Finding[]> {
  return [nodeVersion(), await onnxruntime(), await port(4566), memory(), ...python(), ...docker()];
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    check: "Node",
    ok,
    found: process.version,
    ...(!ok && { remedy: "Install Node 20.19 or later: https://nodejs.org" }),
  };
}

async function onnxruntime(): Promise<Finding> {
  try {
    await import("onnxruntime-node");
    return { check: "onnxruntime", ok: true, found: "loads" };
  } catch (error) {
    return {
      check: "onnxruntime",
      ok: false,
      found: messageOf(error).split("\n")[0] ?? "",
      remedy:
        "Reinstall with ONNXRUNTIME_NODE_INSTALL=skip npm install. On Alpine use a glibc image.",
    };
  }
}

async function port(number: number): Promise<Finding> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host: "127.0.0.1", port: number }, () => probe.close(() => resolve(true)));
  });
  return {
    check: `port ${number}`,
    ok: isFree,
    optional: true,
    found: isFree ? "free" : `in use by ${portOwner(number) ?? "another program"}`,
    ...(!isFree && { remedy: "Stop it, or start the tank with --port 0." }),
  };
}

function memory(): Finding {
  const freeMb = Math.round(freemem() / 1024 / 1024);
  const ok = freeMb >= 512;
  return {
    check: "free memory",
    ok,
    found: `${freeMb} MB`,
    ...(!ok && { remedy: "A tank with one pipeline takes about 250 MB." }),
  };
}

/** Python handlers need an interpreter, and boto3 if they call AWS. */
function python(): Finding[] {
  const interpreter = process.env.WAVETANK_PYTHON ?? "python3";
  const version = run(interpreter, ["--version"]);
  if (!version) {
    const remedy =
      "Install Python 3, or name one in WAVETANK_PYTHON. Only Python handlers need it.";
    return [{ check: "Python", ok: false, optional: true, found: `no ${interpreter}`, remedy }];
  }
  const boto3 = run(interpreter, ["-c", "import boto3; print(boto3.__version__)"]);
  return [
    { check: "Python", ok: true, found: version },
    {
      check: "boto3",
      ok: boto3 !== undefined,
      optional: true,
      found: boto3 ?? "missing",
      ...(!boto3 && { remedy: `${interpreter} -m pip install boto3` }),
    },
  ];
}

function docker(): Finding[] {
  const version = run("docker", ["version", "--format", "{{.Server.Version}}"]);
  const engine: Finding = {
    check: "Docker",
    ok: version !== undefined,
    optional: true,
    found: version ?? "no engine answers",
    ...(!version && { remedy: "Not needed: only `docker compose up` and the images use it." }),
  };
  if (version === undefined) return [engine];
  const compose = run("docker", ["compose", "version", "--short"]);
  const isThere = compose !== undefined;
  return [
    engine,
    {
      check: "Docker Compose",
      ok: isThere,
      optional: true,
      found: compose ?? "the plugin is missing",
      ...(!isThere && {
        remedy: "For `docker compose up`: https://docs.docker.com/compose/install/",
      }),
    },
  ];
}

function run(command: string, args: string[]): string | undefined {
  try {
    const stdio = ["ignore", "pipe", "ignore"] as ["ignore", "pipe", "ignore"];
    return execFileSync(command, args, { encoding: "utf8", stdio, timeout: 10_000 }).trim();
  } catch {
    return undefined;
  }
}
