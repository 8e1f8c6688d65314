/** AWS clients sign with these; a tank accepts any. */
const ACCESS_KEY_ID = "test";
const SECRET_ACCESS_KEY = "test";

/** What any AWS SDK v3 client takes to reach a tank: `new KinesisClient(config)`. */
export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** For S3, where the tank's host is a name: other clients pass over it. */
  forcePathStyle: boolean;
}

/** The settings of AWS SDK v3 clients for a tank. */
export function clientConfigFor(url: string, region: string): ClientConfig {
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    forcePathStyle: true,
  };
}

/** What a shell or a process needs for every AWS client to reach the tank. */
export function environmentFor(url: string, region: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  };
}
