import { parameterNotEmulated } from "./errors.ts";

/** Members whose mere presence would change what a function does, and that no code here acts on. */
const UNEMULATED = [
  "CapacityProviderConfig",
  "CodeSigningConfigArn",
  "DurableConfig",
  "DurableExecutionName",
  "EventSourceToken",
  "ImageConfig",
  "ImageUri",
  "MasterRegion",
  "PublishTo",
  "S3ObjectVersion",
  "TenancyConfig",
  "TenantId",
];

type Members = Readonly<Record<string, unknown>>;

/** Refuses by name what would otherwise be silently ignored; what is off or empty asks for nothing. */
export function refuseUnemulated(input: object): void {
  const given = input as Members;
  const refused = UNEMULATED.find((name) => given[name] !== undefined) ?? refusedValue(given);
  if (refused !== undefined) throw parameterNotEmulated(refused);
}

function refusedValue(given: Members): string | undefined {
  if (given.PackageType === "Image") return "PackageType Image";
  if (given.S3ObjectStorageMode === "REFERENCE") return "S3ObjectStorageMode REFERENCE";
  if (isFilled(given.Layers)) return "Layers";
  if (isFilled(given.FileSystemConfigs)) return "FileSystemConfigs";
  const { SubnetIds, SecurityGroupIds } = members(given.VpcConfig);
  if (isFilled(SubnetIds) || isFilled(SecurityGroupIds)) return "VpcConfig";
  if ((members(given.SnapStart).ApplyOn ?? "None") !== "None") return "SnapStart";
  if (members(given.LoggingConfig).LogFormat === "JSON") return "LoggingConfig.LogFormat JSON";
  return undefined;
}

function members(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
