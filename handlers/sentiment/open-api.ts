import { MAX_LENGTH } from "./text.ts";

/** The service's description. */
export function openApi() {
  return {
    openapi: "3.1.0",
    info: {
      title: "sentiment",
      version: "0.1.0",
      description: "Tells whether a sentence of financial news is negative, neutral or positive.",
    },
    // Beside the document itself, with a stage or without.
    servers: [{ url: "." }],
    paths: {
      "/": {
        get: { summary: "A greeting", responses: { 200: jsonOf("Greeting", { type: "string" }) } },
      },
      "/process_text": {
        post: {
          summary: "Categorize a text",
          requestBody: {
            required: true,
            content: { "application/json": { schema: text } },
          },
          responses: {
            200: jsonOf("The text and its category", categorized),
            400: jsonOf("Empty, too long, no text, or no UTF-8", error),
          },
        },
      },
    },
  };
}

const text = {
  type: "object",
  required: ["payload"],
  properties: { payload: { type: "string", minLength: 1, maxLength: MAX_LENGTH } },
};
const categorized = {
  type: "object",
  required: ["Raw Text", "Categories"],
  properties: {
    "Raw Text": { type: "string" },
    Categories: { enum: ["negative", "neutral", "positive"] },
  },
};
const error = { type: "object", properties: { error: { type: "string" } } };

function jsonOf(description: string, schema: object) {
  return { description, content: { "application/json": { schema } } };
}
