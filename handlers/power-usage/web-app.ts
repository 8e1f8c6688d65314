import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { required } from "./environment.ts";
import { answered, BadRequest, decoded, readUser } from "./http.ts";
import { s3 } from "./s3-client.ts";

const LINK_SECONDS = 900;
const dynamodb = new DynamoDBClient({});

/** What the page asks besides forecasts of months and reports: a link to upload by, and the newest forecast. */
export function handler(event: APIGatewayProxyEvent) {
  return answered(async () => {
    const userId = readUser(event.pathParameters?.userid);
    if (event.httpMethod === "POST") {
      return { body: await uploadLink(userId, decoded(event.pathParameters?.file)) };
    }
    return { body: await newestForecast(userId) };
  });
}

/** POST /upload/userid/{userid}/{file}: where to PUT the file. */
async function uploadLink(userId: string, file: string): Promise<{ key: string; url: string }> {
  if (!/^[\w.-]{1,200}$/.test(file)) {
    throw new BadRequest(`"${file.slice(0, 40)}" is no name: letters, digits, "_", "-" and "."`);
  }
  const key = `${userId}_${file}`;
  const command = new PutObjectCommand({ Bucket: required("UPLOAD_BUCKET"), Key: key });
  return { key, url: await getSignedUrl(s3, command, { expiresIn: LINK_SECONDS }) };
}

/** GET /prediction/userid/{userid}: of the batch whose readings are the latest. */
async function newestForecast(userId: string) {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: required("PREDICTIONS_TABLE_NAME"),
      IndexName: "by-user",
      KeyConditionExpression: "user_id = :user",
      ExpressionAttributeValues: { ":user": { S: userId } },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  const [item] = Items;
  if (!item) throw new BadRequest(`there is no forecast for user ${userId} yet`, 404);
  return {
    user_id: userId,
    until: item.until?.S,
    prediction: JSON.parse(item.prediction?.S ?? "[]"),
    next_day_kwh: Number(item.next_day_kwh?.S),
  };
}
