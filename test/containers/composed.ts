import { request } from "node:http";
import { text } from "node:stream/consumers";
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";

/** A bucket of the templates, as it is called in the tank's account and region. */
export const named = (bucket: string) => `${bucket}-000000000000-us-east-1`;

export async function keysIn(s3: S3Client, bucket: string, Prefix: string): Promise<string[]> {
  const asked = new ListObjectsV2Command({ Bucket: named(bucket), Prefix });
  return ((await s3.send(asked)).Contents ?? []).map(({ Key }) => String(Key));
}

/** Where a pipeline's API answers, as the tank says. */
export function addressIn(log: string, pipeline: string): string {
  const [, address] = new RegExp(`Api +(http:\\S+) +${pipeline}\\n`).exec(log) ?? [];
  if (address === undefined) throw new Error(`no API of ${pipeline} is told in\n${log}`);
  return address;
}

/** A function's link, for resolvers that do not know every name under localhost, as browsers and curl do. */
export const fromHere = (link: string | null) =>
  String(link).replace("//s3.localhost:", "//127.0.0.1:");

/** The page under a host's name, which fetch would not send. */
export function pageAt(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { headers: { host: `${host}:${new URL(url).port}` } },
      (response) => {
        text(response).then(resolve, reject);
      },
    );
    asking.once("error", reject).end();
  });
}
