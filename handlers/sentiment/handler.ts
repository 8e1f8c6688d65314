import { answerHttp, type HttpAnswer, isHttp, refusal } from "./http.ts";
import { classify } from "./model.ts";
import { BadRequest, readPayload } from "./text.ts";

/** The original's answer, spelled as it spells it. */
export interface Categorized {
  readonly "Raw Text": string;
  readonly Categories: string;
}

/** Answers `{"payload": "text"}`, and the requests of API Gateway and function URLs. */
export async function handler(event: unknown): Promise<Categorized | HttpAnswer> {
  if (isHttp(event)) return answerHttp(event, categorize);
  try {
    return await categorize(event);
  } catch (error) {
    // The same as by HTTP, so that a caller need not tell a fault of its own from one of the function.
    if (error instanceof BadRequest) return refusal(400, error.message);
    throw error;
  }
}

async function categorize(event: unknown): Promise<Categorized> {
  const text = readPayload(event);
  return { "Raw Text": text, Categories: await classify(text) };
}
